using System.Globalization;
using System.Text;
using Sluice.LoadTest.Events;
using Sluice.LoadTest.Lanes;

namespace Sluice.LoadTest.Hammer;

/// <summary>
/// Writes one line per answer, each with its own write, before the lane continues: whatever is killed next, the journal
/// holds every answer that was received. Lines are <c>id, status, duplicate, key id, tokens</c>, separated by tabs.
/// </summary>
internal sealed class Journal : IOutcomeSink, IDisposable
{
    /// <summary>The start of the first line, which says how to send the events again.</summary>
    public const string Header = "#sluice-journal";

    private readonly FileStream _file;
    private readonly RunOptions _run;
    private readonly Lock _lock = new();

    /// <exception cref="IOException">The file exists: ids of two runs must not mix.</exception>
    public Journal(string path, RunOptions run)
    {
        _run = run;
        _file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            BufferSize = 0,
        });
        Write($"{Header}\t{run.RunId}\t{run.Mode}\t{run.Ack}\n");
    }

    public void Record(in LoadEvent item, in EventAnswer answer)
    {
        var duplicate = answer.Outcome == EventOutcome.Duplicate ? 1 : 0;
        Write(string.Create(
            CultureInfo.InvariantCulture,
            $"{_run.RunId}-{item.Number}\t{answer.Status}\t{duplicate}\t{_run.Keys[item.KeyIndex].Id}\t"
            + $"{item.TotalTokens}\n"));
    }

    public void Dispose() => _file.Dispose();

    private void Write(string line)
    {
        var bytes = Encoding.ASCII.GetBytes(line);
        lock (_lock)
            _file.Write(bytes);
    }
}
