using System.Security.Cryptography;

namespace Sluice.LoadTest.Traces;

/// <summary>A recorded hour of traffic, in the order of the file.</summary>
internal sealed class Trace
{
    private Trace(TraceRow[] rows, string fingerprint)
    {
        Rows = rows;
        Fingerprint = fingerprint;
    }

    public IReadOnlyList<TraceRow> Rows { get; }

    /// <summary>SHA-256 of the file: event ids of one run must never be used for rows of another trace.</summary>
    public string Fingerprint { get; }

    public long TotalTokens => Rows.Sum(row => row.ContextTokens + row.GeneratedTokens);

    /// <exception cref="FormatException">A row or the header is malformed; the message names the line.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static Trace Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        using var reader = new StreamReader(new MemoryStream(bytes));
        return new Trace(TraceParser.Parse(reader), Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }
}
