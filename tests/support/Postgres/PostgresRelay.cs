using System.Net.Sockets;
using Npgsql;

namespace Sluice.TestSupport.Postgres;

/// <summary>
/// A relay to a server that a test can break as networks do: answers get lost, connections die on one side only, new
/// ones are refused. The server does not notice and continues with what it was sent.
/// </summary>
public sealed class PostgresRelay : IAsyncDisposable
{
    private const int BufferBytes = 65_536;

    private readonly Lock _gate = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-relay-").FullName;
    private readonly Socket _listener = NewSocket();
    private readonly UnixDomainSocketEndPoint _server;
    private readonly List<(Socket Client, Socket Server)> _pairs = [];
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private TaskCompletionSource _answers = new();
    private bool _refusing;

    /// <param name="connectionString">
    /// The connection string of a server on a Unix socket, as <see cref="PostgresCluster"/> returns it.
    /// </param>
    public PostgresRelay(string connectionString)
    {
        var there = new NpgsqlConnectionStringBuilder(connectionString);
        _server = new UnixDomainSocketEndPoint(Path.Combine(there.Host!, $".s.PGSQL.{there.Port}"));
        there.Host = _folder;
        ConnectionString = there.ConnectionString;
        _answers.SetResult();
        _listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder, $".s.PGSQL.{there.Port}")));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    /// <summary>The connection string of the same database, through this relay.</summary>
    public string ConnectionString { get; }

    /// <summary>
    /// Holds answers back: from now on the server receives everything, but none of its answers arrive.
    /// </summary>
    public void HoldAnswers()
    {
        lock (_gate)
            _answers = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Breaks every connection on the client's side, and refuses new ones until <see cref="Mend"/>.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _refusing = true;
            foreach (var (client, _) in _pairs)
                client.Dispose();
        }
    }

    /// <summary>Lets new connections work again.</summary>
    public void Mend()
    {
        lock (_gate)
        {
            _refusing = false;
            _answers.TrySetResult();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        Mend();
        await _end.CancelAsync();
        await _accepting;
        _listener.Dispose();
        foreach (var (_, server) in _pairs)
            server.Dispose();
        _end.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static Socket NewSocket() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptAsync(_end.Token);
                var server = NewSocket();
                await server.ConnectAsync(_server, _end.Token);
                lock (_gate)
                {
                    _pairs.Add((client, server));
                    if (_refusing)
                        client.Dispose();
                }

                _ = PumpAsync(client, server, static () => Task.CompletedTask);
                _ = PumpAsync(server, client, Answers);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private Task Answers()
    {
        lock (_gate)
            return _answers.Task;
    }

    /// <summary>Copies one direction; ends silently when either side does; the other side is left as it is.</summary>
    private static async Task PumpAsync(Socket from, Socket to, Func<Task> gate)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                await gate();
                await to.SendAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }
}
