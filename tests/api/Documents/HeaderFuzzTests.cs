using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Sluice.Api.Tests.Documents;

/// <summary>
/// Sends every address requests whose headers are wrong in all the ways that clients, proxies and attackers get them
/// wrong, byte by byte, because no client library sends them. No response may be a server error.
/// </summary>
public sealed class HeaderFuzzTests(NodeHost host) : IClassFixture<NodeHost>
{
    private const int PerOperation = 12;

    /// <summary>Headers to send; KEY, OPERATOR and GATEWAY become credentials.</summary>
    private static readonly string[] Headers =
    [
        "Authorization: Bearer KEY", "Authorization: Bearer OPERATOR", "Authorization: Bearer GATEWAY",
        "Authorization: bearer  OPERATOR ", "Authorization: Bearer", "Authorization: Basic eDp5",
        "Authorization: \u00e9",
        "Authorization: Bearer OPERATOR\r\nAuthorization: Bearer KEY", "Authorization: Bearer sk_project_k_x_y",
        "Content-Type: application/json", "Content-Type: application/json; charset=utf-16", "Content-Type: ;;;",
        "Content-Type: text/plain", "Content-Type: application/cloudevents-batch+json", "Content-Type:",
        "Content-Encoding: gzip", "Content-Encoding: br, gzip", "Content-Encoding: x", "Content-Encoding:",
        "Idempotency-Key: a", "Idempotency-Key:", "Idempotency-Key: \u0001", "Idempotency-Key: LONG",
        "Accept: text/csv", "Accept: text/plain", "Accept: ;q=x", "Accept: application/json;q=0", "Accept: LONG",
        "If-None-Match: *", "If-None-Match: \"", "If-None-Match: LONG", "If-Match: *", "If-Match: \"x\"",
        "X-Forwarded-For: 1.2.3.4, x", "X-Forwarded-Proto: gopher", "X-Sluice-Gateway: GATEWAY", "X-Sluice-Gateway: x",
        "X-Sluice-CSRF: x", "Cookie: sluice_session=x", "Cookie: sluice_session=sls_x; sluice_csrf=", "Cookie: LONG",
        "Range: bytes=0-", "Expect: 100-continue", "Expect: x", "Upgrade: websocket\r\nConnection: Upgrade",
        "TE: trailers", "Origin: null", "Host: other", "Accept-Language: LONG", "Accept-Encoding: x;q=9", "X: \0",
    ];

    /// <summary>How a body is announced, and what then comes.</summary>
    private static readonly (string Head, string Body)[] Bodies =
    [
        ("Content-Length: 2", "{}"), ("Content-Length: 0", ""), ("", ""), ("Content-Length: +26", "{}"),
        ("Content-Length: -1", ""), ("Content-Length: 2, 2", "{}"), ("Content-Length: 2\r\nContent-Length: 3", "{}"),
        ("Content-Length: 99999999999999999999", "{}"), ("Content-Length: x", "{}"), ("Content-Length:", "{}"),
        ("Content-Length: 20000000", "{}"), ("Transfer-Encoding: chunked", "2\r\n{}\r\n0\r\n\r\n"),
        ("Transfer-Encoding: chunked", "zz\r\n"), ("Transfer-Encoding: chunked", "2\r\n{}\r\n"),
        ("Transfer-Encoding: x, chunked", "0\r\n\r\n"),
        ("Transfer-Encoding: chunked\r\nContent-Length: 2", "0\r\n\r\n"),
        ("Content-Length: 9", "{"),
    ];

    private readonly Uri _address = host.CreateClient().BaseAddress!;

    [Theory(Timeout = 300_000)]
    [InlineData(1)]
    public async Task NoHeader_IsAnErrorOfTheProgram_AndTheNodeStaysReady(int seed)
    {
        var random = new Random(seed);
        var customer = await Customer.CreateAsync(host);
        var document = (await host.Anonymous().GetAsync("/openapi/v1.json")).Json;
        var failures = new List<string>();
        var statuses = new HashSet<int>();
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                for (var i = 0; i < PerOperation; i++)
                {
                    var request = Request(random, operation.Name.ToUpperInvariant(), path.Name, customer);
                    var status = await SendAsync(request);
                    statuses.Add(status);
                    if (status >= 500)
                        failures.Add($"{status}: {Encoding.Latin1.GetString(request)}");
                }
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n----\n", failures.Take(10)));
        Assert.Superset(new HashSet<int> { 200, 204, 400, 401, 404, 415, 422 }, statuses);
        Assert.True((await host.Anonymous().GetAsync("/health/ready")).Message.IsSuccessStatusCode);
        Assert.DoesNotContain("An unhandled exception", host.Log.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("+2", 400)]
    [InlineData("-2", 400)]
    [InlineData("", 400)]
    [InlineData("2a", 400)]
    [InlineData("0x2", 400)]
    [InlineData("2,2", 400)]
    [InlineData("1 2", 400)]
    [InlineData("9223372036854775808", 400)]
    [InlineData("2222222222222222222222222222222222222222222222222222222222222222222222", 400)]
    [InlineData("2", 422)]
    [InlineData("02", 422)]
    [InlineData("  2\t", 422)]
    public async Task ALengthThatIsNotOnlyDigits_IsRefused(string length, int status)
    {
        var customer = await Customer.CreateAsync(host);

        Assert.Equal(status, await SendAsync(Encoding.ASCII.GetBytes(
            $"POST /v1/usage HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {customer.Secret}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{{}}"), ends: false));
    }

    private static byte[] Request(Random random, string method, string path, Customer customer)
    {
        var filled = string.Join('/', path.Split('/').Select(part => part switch
        {
            "{t}" => customer.TenantId,
            "{p}" => customer.ProjectId,
            "{k}" => customer.KeyId,
            "{metric}" => "text_tokens",
            _ when part.StartsWith('{') => "x",
            _ => part,
        }));
        var request = new StringBuilder($"{method} {filled} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        // Most are admitted as far as the endpoint: what is wrong at once never gets there.
        if (random.Next(4) > 0)
            request.Append(path.StartsWith("/v1/", StringComparison.Ordinal) ? Headers[0] : Headers[1]).Append("\r\n");
        for (var headers = random.Next(1, 3); headers > 0; headers--)
            request.Append(Headers[random.Next(Headers.Length)]).Append("\r\n");
        var (head, body) = Bodies[random.Next(2) == 0 ? 0 : random.Next(Bodies.Length)];
        if (head.Length > 0)
            request.Append(head).Append("\r\n");
        request.Append("\r\n").Append(body);
        return Encoding.Latin1.GetBytes(request
            .Replace("KEY", customer.Secret)
            .Replace("OPERATOR", NodeHost.OperatorToken)
            .Replace("GATEWAY", NodeHost.GatewayToken)
            .Replace("LONG", new string('a', random.Next(100, 9_000))).ToString());
    }

    /// <summary>Whether a node can answer without waiting for more.</summary>
    private static bool IsWhole(byte[] request)
    {
        var text = Encoding.Latin1.GetString(request);
        return text.EndsWith("Content-Length: 2\r\n\r\n{}", StringComparison.Ordinal)
            || text.EndsWith("Content-Length: 0\r\n\r\n", StringComparison.Ordinal);
    }

    /// <summary>Sends a request and returns the status; 0 if the connection was closed without a response.</summary>
    private async Task<int> SendAsync(byte[] request, bool ends = true)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_address.Host, _address.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        var answer = new byte[64];
        var read = 0;
        try
        {
            await stream.WriteAsync(request, TestContext.Current.CancellationToken);
            // Closing this half says that nothing follows, so the node need not wait for the rest of a body.
            if (ends && !IsWhole(request))
                client.Client.Shutdown(SocketShutdown.Send);
            while (read < 12)
            {
                var count = await stream.ReadAsync(answer.AsMemory(read), TestContext.Current.CancellationToken);
                if (count == 0)
                    return 0;
                read += count;
            }
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return 0;
        }

        return int.Parse(Encoding.ASCII.GetString(answer, 9, 3), CultureInfo.InvariantCulture);
    }
}
