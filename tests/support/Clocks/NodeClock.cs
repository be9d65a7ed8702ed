namespace Sluice.TestSupport.Clocks;

/// <summary>
/// The wall clock of nodes that run in processes of their own, ahead of the machine's by as much as a test wants,
/// and turned while they run. Timers run as ever, and Orleans and the database keep the machine's clock.
/// </summary>
/// <remarks>
/// The processes load this assembly before their own (<see cref="StartupHook"/>), which puts
/// <see cref="ShiftedTimeProvider"/> in the place of their <see cref="TimeProvider"/>.
/// </remarks>
public sealed class NodeClock : IDisposable
{
    /// <summary>Environment variable of the processes: the path of the shared file.</summary>
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

    /// <summary>Environment variables to start the processes with.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["DOTNET_STARTUP_HOOKS"] = typeof(NodeClock).Assembly.Location,
        [FileVariable] = FilePath,
    };

    /// <summary>The time of the processes, to the tick: both sides read the same clock and the same word.</summary>
    public DateTimeOffset Now => _machine.GetUtcNow() + _file.Ahead;

    private string FilePath => Path.Combine(_folder, "ahead");

    /// <summary>Puts the clock of the processes, running or not, to an instant.</summary>
    public void TurnTo(DateTimeOffset instant) => _file.Ahead = instant - _machine.GetUtcNow();

    /// <summary>To be called when the processes are gone for good.</summary>
    public void Dispose()
    {
        _file.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
