using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Sluice.Bench.Processes;

/// <summary>A server in a separate process, known to be ready by a line that it prints.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int LinesKept = 30;

    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lastLines = new();
    private readonly TaskCompletionSource<string> _ready =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly string _readyPrefix;
    private readonly TimeProvider _time;

    private ChildProcess(ProcessStartInfo start, string readyPrefix, TimeProvider time)
    {
        _readyPrefix = readyPrefix;
        _time = time;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Exited += (_, _) => _ready.TrySetException(new InvalidOperationException(
            $"{start.FileName} ended before it was ready: {string.Join(Environment.NewLine, _lastLines)}"));
    }

    /// <summary>The text after the ready line's prefix, usually the address.</summary>
    public string ReadyText { get; private set; } = string.Empty;

    /// <summary>The time from the start of the process to its ready line.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>
    /// Starts one of Sluice's programs as <c>./run</c> does, in its own folder: elsewhere it would not find its
    /// settings, and would log every request.
    /// </summary>
    public static Task<ChildProcess> StartNodeAsync(
        string program, IReadOnlyDictionary<string, string> environment, TimeProvider time) =>
        StartAsync("dotnet", [program], environment, "Sluice is ready on", time, Path.GetDirectoryName(program)!);

    /// <summary>Starts a program and waits for its ready line.</summary>
    /// <exception cref="InvalidOperationException">It ended first; the message holds its last lines.</exception>
    /// <exception cref="TimeoutException">No ready line within a minute.</exception>
    public static async Task<ChildProcess> StartAsync(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        string readyPrefix,
        TimeProvider time,
        string folder = "")
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // A setting for the load generator alone: it must not tune the servers.
        start.Environment.Remove(LoadGenerator.InlineCompletions);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var child = new ChildProcess(start, readyPrefix, time);
        try
        {
            await child.StartAsync();
            return child;
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks the process to end, as a service manager does, and waits; kills it after a while.</summary>
    public async ValueTask DisposeAsync()
    {
        if (IsRunning())
        {
            using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
            using var patience = new CancellationTokenSource(StopTimeout, _time);
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
    }

    private async Task StartAsync()
    {
        var started = _time.GetTimestamp();
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        ReadyText = await _ready.Task.WaitAsync(ReadyTimeout, _time);
        ReadyAfter = _time.GetElapsedTime(started);
    }

    private bool IsRunning()
    {
        try
        {
            return !_process.HasExited;
        }
        catch (InvalidOperationException)
        {
            // It never started.
            return false;
        }
    }

    private void Take(string? line)
    {
        if (line is null)
            return;
        _lastLines.Enqueue(line);
        if (_lastLines.Count > LinesKept)
            _lastLines.TryDequeue(out _);
        var at = line.IndexOf(_readyPrefix, StringComparison.Ordinal);
        if (at >= 0)
            _ready.TrySetResult(line[(at + _readyPrefix.Length)..].Trim());
    }
}
