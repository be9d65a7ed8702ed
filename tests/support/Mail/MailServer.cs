using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.ComponentModel;
using SmtpServer.Mail;
using SmtpServer.Net;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Sluice.TestSupport.Mail;

/// <summary>
/// A mail server on a free port of this machine that keeps what it takes; it can be stopped and started.
/// </summary>
/// <remarks>
/// Recipients decide what becomes of them: refuse-…@ gets 550; later-…@ 451 and busy-…@ 450 until <c>ready</c> is set;
/// slow-…@ no answer while <c>slow</c> is set; drop-…@ a connection that ends within DATA while <c>drop</c> is set;
/// no-content-…@ a refusal of the content with 554; mute-…@ no answer while <c>mute</c> is set, although the mail is
/// taken; silent-…@ no answer to QUIT for five seconds.
/// </remarks>
public sealed class MailServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    private readonly ManualResetEventSlim _stopped = new();
    private readonly MailServerPlan _plan;
    private readonly ConcurrentDictionary<string, bool> _switches = new();
    private readonly List<TakenMail> _taken = [];
    private int _kept;
    private readonly Lock _lock = new();
    private CancellationTokenSource? _running;
    private Task _server = Task.CompletedTask;

    private MailServer(MailServerPlan plan) => (_plan, Port) = (plan, plan.Port);

    /// <summary>The port that it listens on, also after a restart.</summary>
    public int Port { get; private set; }

    /// <summary>How many senders wait for a reply that is kept back, <c>slow</c> or <c>mute</c>.</summary>
    public int KeptReplies => Volatile.Read(ref _kept);

    /// <summary>How many were taken so far.</summary>
    public int TakenCount
    {
        get
        {
            lock (_lock)
                return _taken.Count;
        }
    }

    /// <summary>Starts a server on a free port.</summary>
    public static async Task<MailServer> StartAsync(MailServerPlan? plan = null)
    {
        var server = new MailServer(plan ?? new MailServerPlan());
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts on the same port as before.</summary>
    public async Task StartAgainAsync()
    {
        var started = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var listeners = new EndpointListenerFactory();
        listeners.EndpointStarted += (_, args) => started.TrySetResult(((IPEndPoint)args.LocalEndPoint).Port);
        var services = new ServiceProvider();
        services.Add(listeners);
        services.Add(new Recipients(this));
        services.Add(new Store(this));
        services.Add(new Users(_plan.User));
        var options = new SmtpServerOptionsBuilder().ServerName("localhost").Endpoint(EndpointOf).Build();
        _running = new CancellationTokenSource();
        _server = new SmtpServer.SmtpServer(options, services).StartAsync(_running.Token);
        Port = await started.Task.WaitAsync(Patience);
    }

    /// <summary>Ends it, with every connection.</summary>
    public async Task StopAsync()
    {
        if (_running is not { } running)
            return;
        _running = null;
        await running.CancelAsync();
        await _server.WaitAsync(Patience);
        running.Dispose();
    }

    /// <summary>Switches a behaviour on.</summary>
    public void Set(string name) => _switches[name] = true;

    public void Unset(string name) => _switches.TryRemove(name, out _);

    /// <summary>Everything that was taken so far, in order.</summary>
    public IReadOnlyList<TakenMail> Taken()
    {
        lock (_lock)
            return [.. _taken];
    }

    public async ValueTask DisposeAsync()
    {
        _stopped.Set();
        await StopAsync();
    }

    private void EndpointOf(EndpointDefinitionBuilder endpoint)
    {
        endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, Port))
            .AllowUnsecureAuthentication(_plan.Certificate is null)
            .AuthenticationRequired(_plan.User is not null);
        if (_plan.Certificate is { } certificate)
            endpoint.Certificate(certificate);
    }

    private void KeepSilent(object? sender, SmtpCommandEventArgs args)
    {
        if (args.Command is QuitCommand)
            _stopped.Wait(Silence);
    }

    private void Take(TakenMail mail)
    {
        lock (_lock)
            _taken.Add(mail);
    }

    private async Task WhileAsync(string name, IEnumerable<string> recipients, CancellationToken ct)
    {
        if (!recipients.Any(recipient => recipient.StartsWith($"{name}-", StringComparison.Ordinal)))
            return;
        if (!_switches.ContainsKey(name))
            return;
        Interlocked.Increment(ref _kept);
        try
        {
            using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            while (_switches.ContainsKey(name))
                await poll.WaitForNextTickAsync(ct);
        }
        finally
        {
            Interlocked.Decrement(ref _kept);
        }
    }

    private sealed class Recipients(MailServer server) : MailboxFilter
    {
        public override Task<bool> CanDeliverToAsync(
            ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken)
        {
            var isReady = server._switches.ContainsKey("ready");
            if (to.User.StartsWith("refuse-", StringComparison.Ordinal))
                throw Response(550, "no such mailbox");
            if (to.User.StartsWith("later-", StringComparison.Ordinal) && !isReady)
                throw Response(451, "come back later");
            if (to.User.StartsWith("busy-", StringComparison.Ordinal) && !isReady)
                throw Response(450, "mailbox busy");
            return Task.FromResult(true);
        }

        private static SmtpResponseException Response(int code, string text) =>
            new(new SmtpResponse((SmtpReplyCode)code, text));
    }

    private sealed class Store(MailServer server) : MessageStore
    {
        public override async Task<SmtpResponse> SaveAsync(
            ISessionContext context,
            IMessageTransaction transaction,
            ReadOnlySequence<byte> buffer,
            CancellationToken cancellationToken)
        {
            string[] recipients = [.. transaction.To.Select(static to => to.AsAddress())];
            if (server._switches.ContainsKey("drop") && recipients.Any(IsDropped))
            {
                context.Pipe.Dispose();
                throw new IOException("the connection was dropped");
            }

            if (recipients.Any(static r => r.StartsWith("no-content-", StringComparison.Ordinal)))
                return new SmtpResponse(SmtpReplyCode.TransactionFailed, "content refused");
            await server.WhileAsync("slow", recipients, cancellationToken);
            using var stream = new MemoryStream(buffer.ToArray());
            using var message = await MimeMessage.LoadAsync(stream, cancellationToken);
            server.Take(TakenMail.Of(message, context, transaction.From.AsAddress(), recipients));
            if (recipients.Any(static r => r.StartsWith("silent-", StringComparison.Ordinal)))
                context.CommandExecuting += server.KeepSilent;
            await server.WhileAsync("mute", recipients, cancellationToken);
            return SmtpResponse.Ok;
        }

        private static bool IsDropped(string recipient) => recipient.StartsWith("drop-", StringComparison.Ordinal);
    }

    private sealed class Users(string? expected) : UserAuthenticator
    {
        public override Task<bool> AuthenticateAsync(
            ISessionContext context, string user, string password, CancellationToken cancellationToken) =>
            Task.FromResult(string.Create(CultureInfo.InvariantCulture, $"{user}:{password}") == expected);
    }
}
