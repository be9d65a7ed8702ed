namespace Sluice.TestSupport.Clocks;

/// <summary>
/// The wall clock of nodes in separate processes, ahead of the machine's by as much as a test wants, and settable while
/// they run. Timers are unaffected, and Orleans and the database keep the machine's clock.
/// </summary>
/// <remarks>
/// The processes load this assembly before their own (<see cref="StartupHook"/>), which replaces their <see
/// cref="TimeProvider"/> with <see cref="ShiftedTimeProvider"/>.
/// </remarks>
public sealed class NodeClock : IDisposable
{
    /// <summary>The environment variable of the processes with the path of the shared file.</summary>
    internal const string FileVariable = "SLUICE_TEST_CLOCK";

    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-clock-").FullName;
    private readonly TimeProvider _machine;
    private readonly ClockFile _file;

    public NodeClock(TimeProvider machine, DateTimeOffset start)
    {
        _machine = machine;
        _file = new ClockFile(FilePath);
        TurnTo(start);
    }

    /// <summary>Environment variables for starting the processes.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["DOTNET_STARTUP_HOOKS"] = typeof(NodeClock).Assembly.Location,
        [FileVariable] = FilePath,
    };

    /// <summary>The time of the processes, to the tick: both sides read the same clock and the same word.</summary>
    public DateTimeOffset Now => _machine.GetUtcNow() + _file.Ahead;

    private string FilePath => Path.Combine(_folder, "ahead");

    /// <summary>Sets the clock of the processes, running or not, to an instant.</summary>
    public void TurnTo(DateTimeOffset instant) => _file.Ahead = instant - _machine.GetUtcNow();

    /// <summary>Deletes the shared file. To be called when the processes are gone for good.</summary>
    public void Dispose()
    {
        _file.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
