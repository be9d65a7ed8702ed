using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Sluice.Api.Auth;
using Sluice.Api.Settings;
using Sluice.Api.Webhooks;
using Sluice.Storage.Outbox.Webhooks;
using Xunit;

namespace Sluice.Api.Tests.Webhooks;

/// <summary>What a tenant can find out about the network around a node from the errors of its webhooks.</summary>
public sealed class WebhookErrorTests : IDisposable
{
    private const string Unreachable = "The receiver could not be reached.";

    private readonly SealedSecrets _secrets = new(new EphemeralDataProtectionProvider());
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public WebhookErrorTests() => _listener.Start();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task AnInnerName_LooksLikeOneThatDoesNotExist()
    {
        // The name of this machine's loopback address is the one inner name that every machine has.
        var inner = await ErrorOfAsync($"https://localhost:{Port}/", privateAllowed: false);
        var none = await ErrorOfAsync("https://no-such-name.invalid/", privateAllowed: false);

        Assert.Equal(none, inner);
        Assert.StartsWith(Unreachable, none, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenPorts_ClosedPorts_AndNoNames_HaveOneError()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var closedPort = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        _ = AnswerNonsenseAsync();

        string[] errors =
        [
            await ErrorOfAsync($"http://127.0.0.1:{closedPort}/", privateAllowed: true),
            await ErrorOfAsync($"http://127.0.0.1:{Port}/", privateAllowed: true),
            await ErrorOfAsync($"https://127.0.0.1:{Port}/", privateAllowed: true),
            await ErrorOfAsync("http://no-such-name.invalid/", privateAllowed: true),
        ];

        Assert.StartsWith(Unreachable, Assert.Single(errors.Distinct()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task APrivateAddressInTheUrl_IsRefusedAsSuch()
    {
        var error = await ErrorOfAsync($"https://127.0.0.1:{Port}/", privateAllowed: false);

        Assert.Contains("public internet", error, StringComparison.Ordinal);
    }

    private async Task<string> ErrorOfAsync(string url, bool privateAllowed)
    {
        var options = Options.Create(new SluiceOptions { WebhookPrivate = privateAllowed });
        using var sender = new WebhookSender(_secrets, options, TimeProvider.System);
        var result = await sender.SendAsync(
            new DueDelivery
            {
                Id = 1,
                WebhookId = 1,
                Url = url,
                Secret = _secrets.SealForWebhook(new byte[32]),
                Event = "test",
                MessageId = "message",
                Body = "{}",
                CreatedAt = DateTimeOffset.UnixEpoch,
                Attempts = 0,
                LeasedUntil = DateTimeOffset.UnixEpoch,
            },
            Cancellation);
        Assert.Null(result.Status);
        return result.Error!;
    }

    /// <summary>Answers every connection with something that is neither HTTP nor TLS.</summary>
    private async Task AnswerNonsenseAsync()
    {
        while (true)
        {
            try
            {
                using var connection = await _listener.AcceptTcpClientAsync(Cancellation);
                await connection.GetStream().WriteAsync("220 mail.inside ready\r\n\r\n"u8.ToArray(), Cancellation);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                return;
            }
            catch (IOException)
            {
                // The sender has hung up.
            }
        }
    }
}
