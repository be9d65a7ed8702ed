using System.Diagnostics;
using Xunit;

namespace Sluice.Deploy.Tests;

/// <summary>A running <c>./run</c>. All of its output is read, or a full pipe would stop the node.</summary>
internal sealed class NodeRun
{
    private const string Ready = "Sluice is ready on ";

    private readonly Process _process;
    private readonly TaskCompletionSource<string> _url = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<string> _output;

    public NodeRun(Process process)
    {
        _process = process;
        Errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        _output = ReadAsync();
    }

    public int Id => _process.Id;

    /// <summary>All messages; complete when the script and the node have ended.</summary>
    public Task<string> Errors { get; }

    /// <summary>Waits for the last line of the start-up; returns the address in it.</summary>
    public async Task<string> ReadyAsync()
    {
        await Task.WhenAny(_url.Task, _output).WaitAsync(TestContext.Current.CancellationToken);
        return _url.Task.IsCompleted
            ? await _url.Task
            : throw new InvalidOperationException($"the node did not get ready:\n{await _output}\n{await Errors}");
    }

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    private async Task<string> ReadAsync()
    {
        var lines = new List<string>();
        while (await _process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            lines.Add(line);
            if (line.StartsWith(Ready, StringComparison.Ordinal))
                _url.TrySetResult(line[Ready.Length..]);
        }

        return string.Join('\n', lines);
    }
}
