using System.Text;

namespace Sluice.EndToEnd.Abuse;

/// <summary>A batch with places at which the number of each copy is written.</summary>
/// <param name="Bytes">The batch.</param>
/// <param name="Runs">The places.</param>
internal sealed record BatchPattern(byte[] Bytes, IReadOnlyList<int> Runs)
{
    public static BatchPattern Of(byte[] bytes, string mark)
    {
        var wanted = Encoding.ASCII.GetBytes(mark);
        var places = new List<int>();
        for (var from = 0; bytes.AsSpan(from).IndexOf(wanted) is var found and >= 0; from += found + wanted.Length)
            places.Add(from + found);
        return new BatchPattern(bytes, places);
    }
}
