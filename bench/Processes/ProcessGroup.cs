namespace Sluice.Bench.Processes;

/// <summary>The processes of one cluster: started together, ended together.</summary>
internal sealed class ProcessGroup(int count) : IAsyncDisposable
{
    private readonly ChildProcess?[] _members = new ChildProcess?[count];

    /// <summary>The running processes, in order.</summary>
    public IEnumerable<ChildProcess> Members => _members.OfType<ChildProcess>();

    /// <summary>Starts all of them at once; if one does not start, the others are ended with the group.</summary>
    /// <param name="start">Starts the process with a number, from 0.</param>
    public Task StartAsync(Func<int, Task<ChildProcess>> start) => Task.WhenAll(
        Enumerable.Range(0, count).Select(async i => _members[i] = await start(i)));

    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(Members.Select(member => member.DisposeAsync().AsTask()));
}
