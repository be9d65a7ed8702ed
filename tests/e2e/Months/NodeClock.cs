using System.Globalization;
using Xunit;

namespace Sluice.EndToEnd.Months;

/// <summary>
/// The wall clock of a node, ahead of the machine's by as much as a test wants, while the node runs too: a library that
/// is loaded before all others answers for the kernel (libfaketime). Time that only passes is left as it is.
/// </summary>
internal sealed class NodeClock : IDisposable
{
    private const string SharedMemory = "/dev/shm";

    private readonly HashSet<string> _sharedBefore = [.. Shared()];
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-clock-").FullName;
    private readonly TimeProvider _time;
    private TimeSpan _ahead;

    public NodeClock(TimeProvider time, DateTimeOffset start)
    {
        _time = time;
        TurnTo(start);
    }

    /// <summary>What the node is started with.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["LD_PRELOAD"] = Library(),
        ["FAKETIME_TIMESTAMP_FILE"] = File,
        // Else it would be read once in ten seconds.
        ["FAKETIME_NO_CACHE"] = "1",
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        ["NO_FAKE_STAT"] = "1",
    };

    /// <summary>What the node takes for now: to the tick, for both go by the same clock.</summary>
    public DateTimeOffset Now => _time.GetUtcNow() + _ahead;

    private string File => Path.Combine(_folder, "ahead");

    /// <summary>Puts the clock of the node, running or not, to an instant.</summary>
    public void TurnTo(DateTimeOffset instant)
    {
        // Whole seconds, which no way of reading a number can round.
        _ahead = TimeSpan.FromSeconds(Math.Floor((instant - _time.GetUtcNow()).TotalSeconds));
        var text = string.Create(CultureInfo.InvariantCulture, $"{_ahead.TotalSeconds:+0;-0}\n");
        System.IO.File.WriteAllText(File + ".new", text);
        System.IO.File.Move(File + ".new", File, overwrite: true);
    }

    /// <summary>To be called when the node is gone for good.</summary>
    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        // A process that was killed could not take away what it shares with its children; its number is in the name.
        foreach (var left in Shared().Where(left => !_sharedBefore.Contains(left) && !Lives(left)))
            System.IO.File.Delete(left);
    }

    private static string[] Shared() => Directory.GetFiles(SharedMemory, "*faketime_s*_*");

    private static bool Lives(string shared) =>
        Directory.Exists($"/proc/{shared[(shared.LastIndexOf('_') + 1)..]}");

    private static string Library()
    {
        var library = Directory.GetDirectories("/usr/lib")
            .Select(static folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1"))
            .FirstOrDefault(System.IO.File.Exists);
        Assert.True(library is not null, "a node with another clock needs libfaketime, which ./test installs");
        return library;
    }
}
