using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Sluice.TestSupport.Processes;

/// <summary>
/// A program as a child that can't outlive the tests. A shell between the two holds the read end of a pipe; when this
/// process ends, killed or not, the kernel closes the pipe and the shell kills the program, stopped or not.
/// </summary>
public sealed class GuardedProcess : IAsyncDisposable
{
    private const int LinesKept = 60;

    private const string Guard = """
        exec 3<&0
        "$@" </dev/null 3<&- &
        program=$!
        echo "$program"
        { while read -r _ <&3; do :; done; kill -KILL "$program"; } >/dev/null 2>&1 &
        guard=$!
        wait "$program"
        code=$?
        kill -KILL "$guard"
        exit "$code"
        """;

    private readonly Process _shell;
    private readonly ConcurrentQueue<string> _lastLines = new();
    private readonly TaskCompletionSource<int> _id = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;

    private GuardedProcess(Process shell, Action<string> onLine)
    {
        _shell = shell;
        _reading = Task.WhenAll(
            ReadAsync(shell.StandardOutput, onLine), ReadAsync(shell.StandardError, static _ => { }));
    }

    /// <summary>The exit code, 128 + signal for a killed program; ends when all output has been read.</summary>
    public Task<int> Exited => ExitedAsync();

    /// <summary>The last lines that the program printed, for messages.</summary>
    public string LastLines => string.Join('\n', _lastLines);

    /// <param name="environment">Settings besides those of this process.</param>
    /// <param name="onLine">Receives every line of the program's standard output.</param>
    /// <param name="command">The program and its arguments.</param>
    public static GuardedProcess Start(
        IReadOnlyDictionary<string, string> environment, Action<string> onLine, params string[] command)
    {
        // A session of its own: a Ctrl-C for the tests must not reach the program, whose end is the guard's task.
        var start = new ProcessStartInfo("setsid", ["-w", "sh", "-c", Guard, "guard", .. command])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new GuardedProcess(Process.Start(start)!, onLine);
    }

    /// <summary>Sends a signal to the program itself.</summary>
    public async Task SignalAsync(Signal signal) => Signals.Send(await _id.Task, signal);

    /// <summary>Kills the program if it still runs, and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync(CancellationToken.None);
        await _reading;
        _shell.Dispose();
    }

    private async Task<int> ExitedAsync()
    {
        await _shell.WaitForExitAsync(CancellationToken.None);
        await _reading;
        return _shell.ExitCode;
    }

    private async Task ReadAsync(StreamReader output, Action<string> onLine)
    {
        while (await output.ReadLineAsync(CancellationToken.None) is { } line)
        {
            if (output == _shell.StandardOutput && !_id.Task.IsCompleted)
            {
                _id.SetResult(int.Parse(line, CultureInfo.InvariantCulture));
                continue;
            }

            Keep(line);
            onLine(line);
        }

        _id.TrySetException(new InvalidOperationException($"the program did not start: {LastLines}"));
    }

    private void Keep(string line)
    {
        _lastLines.Enqueue(line);
        while (_lastLines.Count > LinesKept)
            _lastLines.TryDequeue(out _);
    }
}
