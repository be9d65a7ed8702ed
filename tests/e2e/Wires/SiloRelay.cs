using System.Net;
using System.Net.Sockets;
using Sluice.LoadTest.Processes;

namespace Sluice.EndToEnd.Wires;

/// <summary>A relay to one silo that a test can cut, hold up or slow down.</summary>
internal sealed class SiloRelay : IAsyncDisposable
{
    private const int BufferBytes = 65_536;

    private readonly Lock _gate = new();
    private readonly Socket _listener = NewSocket();
    private readonly HashSet<(Socket Client, Socket Server)> _pairs = [];
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private TaskCompletionSource _open = new();
    private TimeSpan _delay;
    private bool _refusing;

    /// <param name="targetPort">The port where the silo listens.</param>
    public SiloRelay(int targetPort)
    {
        TargetPort = targetPort;
        Port = FreePorts.Next();
        _open.SetResult();
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    /// <summary>The port where others reach the silo.</summary>
    public int Port { get; }

    public int TargetPort { get; }

    /// <summary>Breaks every connection, and refuses new ones until <see cref="Mend"/>.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _refusing = true;
            foreach (var (client, server) in _pairs)
            {
                client.Dispose();
                server.Dispose();
            }

            _pairs.Clear();
        }
    }

    /// <summary>
    /// Keeps connections open, but nothing arrives on them in either direction until <see cref="Mend"/>.
    /// </summary>
    public void Hold()
    {
        lock (_gate)
            _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Delays everything by a time span in each direction.</summary>
    public void Delay(TimeSpan by)
    {
        lock (_gate)
            _delay = by;
    }

    /// <summary>Ends all faults.</summary>
    public void Mend()
    {
        lock (_gate)
        {
            _refusing = false;
            _delay = TimeSpan.Zero;
            _open.TrySetResult();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        Mend();
        await _end.CancelAsync();
        await _accepting;
        _listener.Dispose();
        Cut();
        _end.Dispose();
    }

    private static Socket NewSocket() => new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                await ConnectAsync(await _listener.AcceptAsync(_end.Token));
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private async Task ConnectAsync(Socket client)
    {
        var server = NewSocket();
        client.NoDelay = true;
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, TargetPort, _end.Token);
        }
        catch (SocketException)
        {
            // No silo listens there now.
            client.Dispose();
            server.Dispose();
            return;
        }

        lock (_gate)
        {
            if (_refusing)
            {
                client.Dispose();
                server.Dispose();
                return;
            }

            _pairs.Add((client, server));
        }

        _ = PumpBothAsync(client, server);
    }

    private async Task PumpBothAsync(Socket client, Socket server)
    {
        await Task.WhenAny(PumpAsync(client, server), PumpAsync(server, client));
        lock (_gate)
            _pairs.Remove((client, server));
        client.Dispose();
        server.Dispose();
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                var (open, delay) = State();
                await open;
                if (delay > TimeSpan.Zero)
                    await Task.Delay(delay, TimeProvider.System, _end.Token);
                for (var sent = 0; sent < count;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Cut.
        }
    }

    private (Task Open, TimeSpan Delay) State()
    {
        lock (_gate)
            return (_open.Task, _delay);
    }
}
