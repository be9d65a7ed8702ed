using System.Diagnostics;
using System.Threading.Channels;
using Xunit;

namespace Sluice.Deploy.Tests;

/// <summary>
/// A running <c>./run</c>, of one node or of a cluster. All of its output is read, because a full pipe would stop the
/// nodes.
/// </summary>
internal sealed class NodeRun
{
    private const string Ready = "Sluice is ready on ";

    private readonly Process _process;
    private readonly Channel<string> _urls = Channel.CreateUnbounded<string>();

    public NodeRun(Process process)
    {
        _process = process;
        Errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        Output = ReadAsync();
    }

    public int Id => _process.Id;

    /// <summary>All messages; complete when the script and the node have ended.</summary>
    public Task<string> Errors { get; }

    /// <summary>All lines of all nodes; complete when they have ended.</summary>
    public Task<string> Output { get; }

    /// <summary>Waits for the next node to report that it is ready; returns the address in that line.</summary>
    public async Task<string> ReadyAsync()
    {
        if (await _urls.Reader.WaitToReadAsync(TestContext.Current.CancellationToken))
            return await _urls.Reader.ReadAsync(TestContext.Current.CancellationToken);
        throw new InvalidOperationException($"the node did not get ready:\n{await Output}\n{await Errors}");
    }

    /// <summary>Waits for a number of nodes; returns their addresses in order.</summary>
    public async Task<string[]> ReadyAsync(int nodes)
    {
        var urls = new string[nodes];
        for (var i = 0; i < nodes; i++)
            urls[i] = await ReadyAsync();
        return [.. urls.Order(StringComparer.Ordinal)];
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
                _urls.Writer.TryWrite(line[Ready.Length..]);
        }

        _urls.Writer.Complete();
        return string.Join('\n', lines);
    }
}
