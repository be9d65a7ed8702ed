using System.Text;

namespace Sluice.Metering.Metrics;

/// <summary>
/// Compares ASCII names with names still in the bytes of a request, so that a dictionary lookup creates no string. Keys
/// come from the operator, never from a request, so a plain polynomial hash can't be flooded.
/// </summary>
internal sealed class AsciiTextComparer : IEqualityComparer<string>,
    IAlternateEqualityComparer<ReadOnlySpan<byte>, string>
{
    public static readonly AsciiTextComparer Instance = new();

    public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

    public int GetHashCode(string obj)
    {
        var hash = obj.Length;
        foreach (var c in obj)
            hash = Mix(hash, c);
        return hash;
    }

    public bool Equals(ReadOnlySpan<byte> alternate, string other) => Ascii.Equals(alternate, other);

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        var hash = alternate.Length;
        foreach (var b in alternate)
            hash = Mix(hash, b);
        return hash;
    }

    public string Create(ReadOnlySpan<byte> alternate) => Encoding.ASCII.GetString(alternate);

    private static int Mix(int hash, int value) => unchecked((hash * 31) + value);
}
