using Sluice.LoadTest.Http;
using Sluice.TestSupport.Processes;

namespace Sluice.EndToEnd.Nodes;

/// <summary>
/// One process of the program with its supervisor, which starts it again whenever it ends, unless a test wants it to
/// stay away: as <c>./run cluster</c> and every orchestrator do. Address, data folder and database outlive the process.
/// </summary>
internal sealed class NodeProcess(
    HttpTarget target, string dataFolder, IReadOnlyDictionary<string, string> settings, TimeProvider time)
    : IAsyncDisposable
{
    private const string ReadyLine = "Sluice is ready on ";

    /// <summary>The pause between an end and the next start.</summary>
    private static readonly TimeSpan RestartPause = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(10);

    private readonly string _program = Repository.ProgramOrSkip("silo", "Sluice.Silo");
    private readonly Lock _gate = new();
    private GuardedProcess? _process;
    private Task _supervision = Task.CompletedTask;
    private bool _wanted;
    private int _readies;
    private int _readiesAwaited;
    private int _ends;
    private int _exitCode;
    private string _lastWords = "";

    public HttpTarget Target => target;

    /// <summary>The folder with its tokens; several processes may share one.</summary>
    public string DataFolder => dataFolder;

    /// <summary>Whether it was ever killed, or slept long enough to lose what it had only in memory.</summary>
    public bool WasKilled { get; private set; }

    /// <summary>Whether it was started and should keep running.</summary>
    public bool Running
    {
        get
        {
            lock (_gate)
                return _wanted;
        }
    }

    /// <summary>How often its process has ended, for whatever reason.</summary>
    public int Ends => Volatile.Read(ref _ends);

    /// <summary>The last lines of the process that ended last, and of the one that runs now.</summary>
    public string LastLines => $"{Volatile.Read(ref _lastWords)}\n--\n{_process?.LastLines}";

    /// <summary>Starts it and keeps it running from now on; <see cref="ReadyAsync"/> waits for it.</summary>
    public void Start()
    {
        lock (_gate)
        {
            _wanted = true;
            _readiesAwaited = _readies + 1;
        }

        _supervision = SuperviseAsync();
    }

    /// <summary>Waits until it has reported that it is ready since it was last started or ended by a test.</summary>
    /// <exception cref="TimeoutException">It is not ready in time; the message has its last lines.</exception>
    public async Task ReadyAsync(CancellationToken cancellation)
    {
        while (Volatile.Read(ref _readies) < Volatile.Read(ref _readiesAwaited))
            await PauseAsync("is not ready", cancellation);
    }

    /// <summary>Waits until its process has ended a number of times more.</summary>
    /// <exception cref="TimeoutException">It has not ended in time; the message has its last lines.</exception>
    public async Task EndedAsync(int more, CancellationToken cancellation)
    {
        while (Ends <= more)
            await PauseAsync("does not end", cancellation);
    }

    /// <summary>Waits for its end, after which it stays away until it is started.</summary>
    /// <returns>The exit code, 128 + signal for a killed process.</returns>
    /// <exception cref="TimeoutException">It has not ended in time; the message has its last lines.</exception>
    public async Task<int> EndForGoodAsync(CancellationToken cancellation)
    {
        lock (_gate)
            _wanted = false;
        while (!_supervision.IsCompleted)
            await PauseAsync("does not end", cancellation);
        return Volatile.Read(ref _exitCode);
    }

    /// <summary>Makes <see cref="ReadyAsync"/> wait for the next time that it is ready.</summary>
    public void ExpectRestart() => Volatile.Write(ref _readiesAwaited, Volatile.Read(ref _readies) + 1);

    /// <summary>Kills it: what it had not written is lost. The supervisor starts it again.</summary>
    public async Task KillAsync(CancellationToken cancellation)
    {
        WasKilled = true;
        var ends = Ends;
        ExpectRestart();
        await _process!.SignalAsync(Signal.Kill);
        await EndedAsync(ends, cancellation);
    }

    /// <summary>Kills it; it stays away until it is started.</summary>
    public async Task LoseAsync(CancellationToken cancellation)
    {
        WasKilled = true;
        var end = EndForGoodAsync(cancellation);
        await _process!.SignalAsync(Signal.Kill);
        await end;
    }

    /// <summary>Asks it to end and waits until it has. The supervisor starts it again.</summary>
    public async Task RestartAsync(CancellationToken cancellation)
    {
        var ends = Ends;
        ExpectRestart();
        await _process!.SignalAsync(Signal.Terminate);
        await EndedAsync(ends, cancellation);
    }

    /// <summary>Asks it to end; it stays away until it is started.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync(CancellationToken cancellation)
    {
        var end = EndForGoodAsync(cancellation);
        await _process!.SignalAsync(Signal.Terminate);
        return await end;
    }

    /// <summary>Freezes it: it holds its connections and locks and does not answer.</summary>
    public Task FreezeAsync()
    {
        WasKilled = true;
        return _process!.SignalAsync(Signal.Stop);
    }

    /// <summary>Resumes it as if no time had passed.</summary>
    public Task ThawAsync() => _process!.SignalAsync(Signal.Continue);

    public async ValueTask DisposeAsync()
    {
        GuardedProcess? process;
        lock (_gate)
        {
            _wanted = false;
            process = _process;
        }

        if (process is not null && !_supervision.IsCompleted)
            await process.SignalAsync(Signal.Kill);
        await _supervision;
    }

    private async Task SuperviseAsync()
    {
        while (StartIfWanted() is { } process)
        {
            Volatile.Write(ref _exitCode, await process.Exited);
            Volatile.Write(ref _lastWords, process.LastLines);
            await process.DisposeAsync();
            Interlocked.Increment(ref _ends);
            if (Running)
                await Task.Delay(RestartPause, time, CancellationToken.None);
        }
    }

    private GuardedProcess? StartIfWanted()
    {
        lock (_gate)
            return _wanted ? _process = GuardedProcess.Start(settings, Hear, "dotnet", _program) : null;
    }

    private void Hear(string line)
    {
        if (line.StartsWith(ReadyLine, StringComparison.Ordinal))
            Interlocked.Increment(ref _readies);
    }

    private async Task PauseAsync(string what, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(PollEvery, time, cancellation);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"the node on {target.Authority} {what}:\n{LastLines}", late);
        }
    }
}
