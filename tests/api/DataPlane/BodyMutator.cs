using System.Text;

namespace Sluice.Api.Tests.DataPlane;

/// <summary>Corrupts bodies in typical ways: bytes lost, doubled or swapped; tokens replaced by others.</summary>
internal sealed class BodyMutator(Random random)
{
    private static readonly byte[][] Fragments =
    [
        .. new[]
        {
            "{", "}", "[", "]", ",", ":", "\"", "\\", "null", "true", "-1", "0", "1e999", "0.5", "1e-9", "NaN",
            "\\u0000", "\\ud800", "\"id\"", "\"metrics\"", "\"text_tokens\"", "\"key\":", "\n", "\r", " ", "🦉",
            "99999999999999999999",
            "{\"metrics\":{\"text_tokens\":1}}", "\"mode\":\"record\",", "\"at\":\"2026-11-20T00:00:00Z\",", "/**/",
        }.Select(Encoding.UTF8.GetBytes),
        [0], [0xFF], [0xC3], [0xEF, 0xBB, 0xBF],
    ];

    /// <summary>Returns the body with one to four faults, which may leave it valid.</summary>
    public byte[] Mutate(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body).ToList();
        for (var faults = random.Next(1, 5); faults > 0; faults--)
            MutateOnce(bytes);
        return [.. bytes];
    }

    private void MutateOnce(List<byte> bytes)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(random.Next(1, 9), bytes.Count - at);
        switch (random.Next(6))
        {
            case 0:
                bytes.RemoveRange(at, length);
                break;
            case 1:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 2:
                bytes.InsertRange(at, Fragments[random.Next(Fragments.Length)]);
                break;
            case 3:
                bytes.RemoveRange(at, length);
                bytes.InsertRange(at, Fragments[random.Next(Fragments.Length)]);
                break;
            case 4 when length > 0:
                bytes[at] = (byte)random.Next(256);
                break;
            default:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
        }
    }
}
