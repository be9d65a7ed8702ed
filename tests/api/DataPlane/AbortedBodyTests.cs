using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Sluice.Api.Tests.DataPlane;

/// <summary>Callers who announce a body, send a part of it, and cut the connection.</summary>
public sealed class AbortedBodyTests(NodeHost host) : IClassFixture<NodeHost>
{
    private const int Callers = 20;
    private const int Announced = 400_000;

    [Fact(Timeout = 60_000)]
    public async Task ThoseWhoLeaveInTheMiddle_LeaveNoTrailOfExceptions_AndTheKeyWorksOn()
    {
        var customer = await Customer.CreateAsync(host);
        foreach (var (path, type) in new[]
                 {
                     ("/v1/usage", "application/json"), ("/v1/events", "application/cloudevents+json"),
                     ("/v1/usage/batch", "application/json"),
                 })
        {
            var token = path.EndsWith("/batch", StringComparison.Ordinal) ? NodeHost.GatewayToken : customer.Secret;
            for (var i = 0; i < Callers; i++)
                await LeaveAsync(path, type, token);
        }

        (await customer.UseAsync(1)).Is(System.Net.HttpStatusCode.OK);
        Assert.DoesNotContain("unhandled exception", host.Log.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("draining of the request body failed", host.Log.Text, StringComparison.Ordinal);
    }

    private async Task LeaveAsync(string path, string type, string token)
    {
        var address = host.CreateClient().BaseAddress!;
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        var head = $"POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: {type}\r\n"
            + $"Content-Length: {Announced}\r\n\r\n{{\"a\":";
        var begun = Encoding.ASCII.GetBytes(head.PadRight(head.Length + (Announced / 2), 'x'));
        await client.GetStream().WriteAsync(begun, TestContext.Current.CancellationToken);
        // The node is in the middle of reading when the reset comes.
        await Task.Delay(5, TestContext.Current.CancellationToken);
        client.LingerState = new LingerOption(enable: true, seconds: 0);
    }
}
