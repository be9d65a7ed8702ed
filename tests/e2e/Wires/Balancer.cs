using System.Net;
using System.Net.Sockets;
using Sluice.LoadTest.Http;
using Sluice.LoadTest.Processes;

namespace Sluice.EndToEnd.Wires;

/// <summary>One address for several nodes: each new connection goes to the next one that takes it.</summary>
internal sealed class Balancer : IAsyncDisposable
{
    private readonly IReadOnlyList<HttpTarget> _nodes;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private int _next = -1;

    public Balancer(IReadOnlyList<HttpTarget> nodes)
    {
        _nodes = nodes;
        Target = new HttpTarget("127.0.0.1", FreePorts.Next());
        _listener = new TcpListener(IPAddress.Loopback, Target.Port);
        _listener.Start(backlog: 256);
        _accepting = AcceptAsync();
    }

    /// <summary>The address for clients.</summary>
    public HttpTarget Target { get; }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                connections.RemoveAll(static c => c.IsCompleted);
                connections.Add(CarryAsync(client));
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }

        await Task.WhenAll(connections);
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var caller = client;
        using var node = new TcpClient { NoDelay = true };
        caller.NoDelay = true;
        try
        {
            if (!await ConnectAsync(node))
                return;
            using var either = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
            var (up, down) = (caller.GetStream(), node.GetStream());
            Task[] ways = [up.CopyToAsync(down, either.Token), down.CopyToAsync(up, either.Token)];
            await Task.WhenAny(ways);

            // The other side would wait for an answer that does not come.
            await either.CancelAsync();
            await Task.WhenAll(ways);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // One end is gone; the other is disconnected now.
        }
    }

    private async Task<bool> ConnectAsync(TcpClient node)
    {
        for (var attempt = 0; attempt < _nodes.Count; attempt++)
        {
            var target = _nodes[(int)((uint)Interlocked.Increment(ref _next) % (uint)_nodes.Count)];
            try
            {
                await node.ConnectAsync(IPAddress.Loopback, target.Port, _end.Token);
                return true;
            }
            catch (SocketException)
            {
                // This one is down; the next may not be.
            }
        }

        return false;
    }
}
