using Sluice.LoadTest.Http;
using Sluice.LoadTest.Processes;
using Sluice.LoadTest.Settings;
using Sluice.TestSupport.Processes;

namespace Sluice.EndToEnd.Nodes;

/// <summary>
/// The real node as a process, on a database and a data folder that outlive it: it may be killed and started again,
/// on the same address.
/// </summary>
internal sealed class Node : IAsyncDisposable
{
    private const string Ready = "Sluice is ready on ";

    private readonly string _program = Repository.ProgramOrSkip("api", "Sluice.Api");
    private readonly string _data = Directory.CreateTempSubdirectory("sluice-e2e-").FullName;
    private readonly Dictionary<string, string> _settings;
    private GuardedProcess? _process;

    /// <param name="connectionString">The database; two nodes may be given the same.</param>
    /// <param name="more">Settings beside those that every node has.</param>
    public Node(string connectionString, IReadOnlyDictionary<string, string>? more = null)
    {
        Target = new HttpTarget("127.0.0.1", FreePorts.Next());
        _settings = new()
        {
            ["SLUICE_POSTGRES"] = connectionString,
            ["SLUICE_DATA"] = _data,
            ["SLUICE_LISTEN"] = $"http://{Target.Authority}",
            ["SLUICE_OPERATOR_TOKEN"] = "",
            ["SLUICE_GATEWAY_TOKEN"] = "",
            ["Logging__LogLevel__Default"] = "Warning",
        };
        foreach (var (name, value) in more ?? new Dictionary<string, string>())
            Set(name, value);
    }

    public HttpTarget Target { get; }

    /// <summary>The private folder of the node.</summary>
    public string DataFolder => _data;

    /// <summary>How the load generator finds the node and its tokens.</summary>
    public NodeSettings Settings =>
        new(Target, Path.Combine(_data, "operator-token"), Path.Combine(_data, "gateway-token"));

    /// <summary>Whether it ever lost what it had only in memory.</summary>
    public bool WasKilled { get; private set; }

    /// <summary>What the running node, or the last one, printed last.</summary>
    public string LastLines => _process?.LastLines ?? "";

    /// <summary>Changes a setting, for when it is next started.</summary>
    public void Set(string name, string value) => _settings[name] = value;

    /// <summary>Starts the node; ends when it says that it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; the message has its last lines.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        if (_process is not null)
            await _process.DisposeAsync();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = GuardedProcess.Start(_settings, line => Hear(line, ready), "dotnet", _program);
        await Task.WhenAny(ready.Task, _process.Exited).WaitAsync(cancellation);
        if (!ready.Task.IsCompleted)
            throw new InvalidOperationException($"the node ended before it was ready:\n{LastLines}");
    }

    /// <summary>Ends the node at once; what it had not written is gone.</summary>
    public async Task KillAsync()
    {
        WasKilled = true;
        await _process!.SignalAsync(Signal.Kill);
        await _process.Exited;
    }

    /// <summary>Stops the node where it is: it holds its connections and locks and answers nobody.</summary>
    public Task FreezeAsync() => _process!.SignalAsync(Signal.Stop);

    /// <summary>Lets a frozen node go on as if no time had passed.</summary>
    public Task ThawAsync() => _process!.SignalAsync(Signal.Continue);

    /// <summary>Asks the node to end.</summary>
    public Task AskToStopAsync() => _process!.SignalAsync(Signal.Terminate);

    /// <summary>Waits for the end of the node; returns its exit code.</summary>
    /// <exception cref="TimeoutException">It does not end; the message has its last lines.</exception>
    public async Task<int> EndAsync(CancellationToken cancellation)
    {
        try
        {
            return await _process!.Exited.WaitAsync(cancellation);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"the node does not end:\n{LastLines}", late);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    private static void Hear(string line, TaskCompletionSource ready)
    {
        if (line.StartsWith(Ready, StringComparison.Ordinal))
            ready.TrySetResult();
    }
}
