using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Sluice.TestSupport.Postgres;
using Xunit;

namespace Sluice.Api.Tests.DataPlane;

/// <summary>Input that can't be meant is refused with the field and the rule, and counts nothing.</summary>
public sealed class BadInputTests(BadInputTests.Host host) : IClassFixture<BadInputTests.Host>
{
    private static readonly string Tokens = """ "metrics": {"text_tokens": 1} """;

    /// <summary>Bodies of <c>POST /v1/usage</c> and its check; the first word of a message is enough to tell.</summary>
    public static TheoryData<string, int, string, string> Bodies => new()
    {
        // Amounts.
        { """{"metrics": {"text_tokens": -1}}""", 422, "metrics.text_tokens", "Must not be negative." },
        { """{"metrics": {"text_tokens": -1e-3}}""", 422, "metrics.text_tokens", "Must not be negative." },
        { """{"metrics": {"text_tokens": 1.5}}""", 422, "metrics.text_tokens", "May have at most 0 decimals." },
        {
            """{"metrics": {"audio_analyzed_seconds": 0.0001}}""", 422, "metrics.audio_analyzed_seconds",
            "May have at most 3 decimals."
        },
        { """{"metrics": {"text_tokens": 1000000000000001}}""", 422, "metrics.text_tokens", "May be at most 10" },
        { """{"metrics": {"text_tokens": 1e400}}""", 422, "metrics.text_tokens", "May be at most 10" },
        {
            """{"metrics": {"text_tokens": 99999999999999999999999999999999999999}}""", 422, "metrics.text_tokens",
            "May be at most 10"
        },
        { """{"metrics": {"text_tokens": NaN}}""", 400, "body", "This is not valid JSON: line 1, byte 29." },
        { """{"metrics": {"text_tokens": Infinity}}""", 400, "body", "This is not valid JSON" },
        { """{"metrics": {"text_tokens": 01}}""", 400, "body", "This is not valid JSON" },
        { """{"metrics": {"text_tokens": +1}}""", 400, "body", "This is not valid JSON" },
        { """{"metrics": {"text_tokens": "NaN"}}""", 400, "metrics.text_tokens", "Must be a number." },
        { """{"metrics": {"text_tokens": "1"}}""", 400, "metrics.text_tokens", "Must be a number." },
        { """{"metrics": {"text_tokens": null}}""", 422, "metrics", "Needs at least one metric." },
        { """{"metrics": {"text_tokens": {"n": [1]}}}""", 400, "metrics.text_tokens", "Must be a number." },

        // Metrics.
        { """{"metrics": {"bananas": 1}}""", 422, "metrics.bananas", "There is no such metric." },
        { """{"metrics": {"": 1}}""", 422, "metrics.", "There is no such metric." },
        { """{"metrics": {"Text_Tokens": 1}}""", 422, "metrics.Text_Tokens", "There is no such metric." },
        { """{"metrics": {"amount": 1}}""", 422, "metrics.amount", "Follows from the price book" },
        { """{"metrics": {"credits": 1}}""", 422, "metrics.credits", "Follows from the price book" },
        { """{"metrics": {}}""", 422, "metrics", "Needs at least one metric." },
        { """{"metrics": null}""", 422, "metrics", "Is required." },
        { """{"metrics": [1]}""", 400, "metrics", "Must be an object" },
        { """{"model": "m"}""", 422, "metrics", "Is required." },
        { "{}", 422, "metrics", "Is required." },

        // Fields.
        { $$"""{ {{Tokens}}, "colour": "red"}""", 400, "colour", "There is no such field here." },
        { $$"""{ {{Tokens}}, "key": "sk_x"}""", 400, "key", "There is no such field here." },
        { $$"""{ {{Tokens}}, "ttlSeconds": 5}""", 400, "ttlSeconds", "There is no such field here." },
        { $$"""{ {{Tokens}}, "Model": "m"}""", 400, "Model", "There is no such field here." },
        { $$"""{ {{Tokens}}, "id": 5}""", 400, "id", "Must be a string." },
        { $$"""{ {{Tokens}}, "id": ["x"]}""", 400, "id", "Must be a string." },
        { $$"""{ {{Tokens}}, "id": ""}""", 422, "id", "Must have 1 to 128 characters." },
        { $$"""{ {{Tokens}}, "model": true}""", 400, "model", "Must be a string." },
        { $$"""{ {{Tokens}}, "member": [] }""", 400, "member", "Must be a string." },
        { $$"""{ {{Tokens}}, "mode": "count"}""", 422, "mode", "Must be \"consume\" or \"record\"." },
        { $$"""{ {{Tokens}}, "mode": 1}""", 400, "mode", "Must be \"consume\" or \"record\"." },
        { $$"""{ {{Tokens}}, "mode": null, "mode": "record"}""", 400, "mode", "Is given twice." },
        { $$"""{ {{Tokens}}, "ack": "never"}""", 422, "ack", "Must be \"durable\" or \"memory\"." },
        { $$"""{ {{Tokens}}, "metrics": {"requests": 1} }""", 400, "metrics", "Is given twice." },
        { $$"""{ {{Tokens}}, "id": "a", "id": "a"}""", 400, "id", "Is given twice." },
        { """{"metrics": {"text_tokens": 1, "text_tokens": 1} }""", 400, "metrics.text_tokens", "Is given twice." },

        // Times.
        { $$"""{ {{Tokens}}, "at": "yesterday"}""", 400, "at", "Must be a time as in RFC 3339" },
        { $$"""{ {{Tokens}}, "at": 1795000000}""", 400, "at", "Must be a time as in RFC 3339" },
        { $$"""{ {{Tokens}}, "at": "2026-11-20"}""", 400, "at", "Must be a time as in RFC 3339" },
        { $$"""{ {{Tokens}}, "at": "2026-11-20T00:00:00"}""", 400, "at", "Must be a time as in RFC 3339" },
        { $$"""{ {{Tokens}}, "at": "2026-02-30T00:00:00Z"}""", 400, "at", "Must be a time as in RFC 3339" },
        { $$"""{ {{Tokens}}, "at": "2026-10-16T02:00:00Z"}""", 422, "at", "Must be at most 35 days ago" },
        { $$"""{ {{Tokens}}, "at": "1970-01-01T00:00:00Z"}""", 422, "at", "Must be at most 35 days ago" },
        { $$"""{ {{Tokens}}, "at": "2026-11-20T04:00:00Z"}""", 422, "at", "Must be at most 35 days ago" },
        { $$"""{ {{Tokens}}, "at": "9999-12-31T23:59:59Z"}""", 422, "at", "Must be at most 35 days ago" },

        // Text.
        { $$"""{ {{Tokens}}, "id": "a\u0000b"}""", 422, "id", "Must not have control characters." },
        { $$"""{ {{Tokens}}, "model": "a\nb"}""", 422, "model", "Must not have control characters." },
        { $$"""{ {{Tokens}}, "member": "a\u0085b"}""", 422, "member", "Must not have control characters." },
        { $$"""{ {{Tokens}}, "model": "a\u007fb"}""", 422, "model", "Must not have control characters." },
        { $$"""{ {{Tokens}}, "model": "a{{'\u0001'}}b"}""", 400, "body", "This is not valid JSON" },
        { $$"""{ {{Tokens}}, "model": "a{{'\0'}}b"}""", 400, "body", "This is not valid JSON" },
        { $$"""{ {{Tokens}}, "id": "{{new string('x', 129)}}"}""", 422, "id", "Must have 1 to 128 characters." },
        { $$"""{ {{Tokens}}, "model": "{{new string('x', 129)}}"}""", 422, "model", "Must have 1 to 128 characters." },
        { $$"""{ {{Tokens}}, "member": "{{new string('x', 90_000)}}"}""", 422, "member", "Must have 1 to 128 char" },
        { $$"""{ {{Tokens}}, "id": "a\ud800b"}""", 400, "id", "This is not valid UTF-8" },
        { $$"""{ {{Tokens}}, "mode": "\ud800nsume"}""", 400, "body", "This is not valid UTF-8" },
        { $$"""{ {{Tokens}}, "at": "\ud8002026-11-20T00:00:00Z"}""", 400, "body", "This is not valid UTF-8" },
        { """{"\ud800trics": {"text_tokens": 1} }""", 400, "body", "This is not valid UTF-8" },
        { """{"metrics": {"text_tokens": 1, "\ud800": 1} }""", 400, "body", "This is not valid UTF-8" },
        { $$"""{ {{Tokens}}, "{{new string('x', 63)}}🦉": 1}""", 400, new string('x', 63), "There is no such field" },

        // Shape.
        { "", 400, "body", "The body is empty; it must be a JSON object." },
        { "  ", 400, "body", "This is not valid JSON" },
        { "7", 400, "body", "Must be a JSON object." },
        { "null", 400, "body", "Must be a JSON object." },
        { """[{"metrics": {"text_tokens": 1}}]""", 400, "body", "Must be a JSON object." },
        { """{"metrics": {"text_tokens": 1}""", 400, "body", "This is not valid JSON" },
        { """{"metrics": {"text_tokens": 1}} {}""", 400, "body", "This is not valid JSON" },
        { """{"metrics": {"text_tokens": 1}}x""", 400, "body", "This is not valid JSON" },
        { """{"metrics": {"text_tokens": 1,} }""", 400, "body", "This is not valid JSON" },
        { """{"metrics": {"text_tokens": 1} /* all */}""", 400, "body", "This is not valid JSON" },
        { """{'metrics': {'text_tokens': 1} }""", 400, "body", "This is not valid JSON" },
        {
            $$"""{ {{Tokens}}, "model": [[[[[[[[[[[]]]]]]]]]]]}""",
            400, "body", "Nothing may be nested more than 8 deep."
        },
        { "metrics=text_tokens", 400, "body", "This is not valid JSON" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task ABodyThatCanNotBeMeant_IsRefused_WithTheFieldAndTheRule(
        string body, int status, string field, string rule)
    {
        foreach (var path in (string[])["/v1/usage", "/v1/usage/check"])
        {
            var customer = await host.CustomerOfAllAsync();
            var answer = await customer.Key.PostAsync(path, body);
            answer.IsProblem((HttpStatusCode)status, status == 400 ? "bad-request" : "rule-broken");
            var told = answer["errors"].EnumerateObject().Single();
            Assert.Equal(field, told.Name);
            Assert.StartsWith(rule, told.Value[0].GetString());
            Assert.Contains(told.Value[0].GetString()!, answer.String("detail"));
        }

        await host.HasCountedNothingAsync();
    }

    [Fact]
    public async Task EverythingThatIsWrong_IsToldAtOnce()
    {
        var customer = await Customer.CreateAsync(host);

        var answer = await customer.UseAsync(
            """{"id": "", "mode": "x", "at": "2020-01-01T00:00:00Z", "metrics": {"bananas": 1, "text_tokens": -1}}""");

        answer.IsProblem(HttpStatusCode.UnprocessableEntity, "rule-broken");
        Assert.Equal(
            ["at", "id", "metrics.bananas", "metrics.text_tokens", "mode"],
            answer["errors"].EnumerateObject().Select(static error => error.Name).Order());
    }

    [Fact]
    public async Task MoreMetricsThanAnEventMayHave_AreRefused()
    {
        var customer = await Customer.CreateAsync(host);
        var names = Enumerable.Range(0, 13).Select(static i => $"many_{i}").ToList();
        foreach (var name in names)
            await host.Operator().PostAsync("/api/v1/metrics", new { name });

        var twelve = await UseAsync(names.Take(12));
        var thirteen = await UseAsync(names);

        twelve.Is(HttpStatusCode.OK);
        thirteen.IsProblem(HttpStatusCode.UnprocessableEntity, "rule-broken");
        Assert.Equal("May have at most 12 metrics.", thirteen["errors"].GetProperty("metrics")[0].GetString());

        Task<Answer> UseAsync(IEnumerable<string> metrics) =>
            customer.Key.PostAsync(
                "/v1/usage", new { metrics = metrics.ToDictionary(static name => name, static _ => 1) });
    }

    [Fact]
    public async Task BytesThatAreNoUtf8_AreRefused()
    {
        var customer = await Customer.CreateAsync(host);
        byte[][] bodies =
        [
            [.. "{\"id\": \""u8, 0xC3, .. "\", \"metrics\": {\"text_tokens\": 1}}"u8],
            [.. "{\""u8, 0xFF, 0xFE, .. "\": 1, \"metrics\": {\"text_tokens\": 1}}"u8],
            [.. "{\"metrics\": {\"text_"u8, 0x80, .. "\": 1}}"u8],
            [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("{}")],
            [0, 0, 0, 0],
        ];

        foreach (var body in bodies)
        {
            using var content = Json(body);
            (await customer.Key.PostAsync("/v1/usage", content)).IsProblem(HttpStatusCode.BadRequest, "bad-request");
        }

        await customer.HasCountedNothingAsync();
    }

    [Theory]
    [InlineData("/v1/usage")]
    [InlineData("/v1/usage/check")]
    [InlineData("/v1/reservations")]
    [InlineData("/v1/reservations/r/commit")]
    public async Task AnotherContentType_IsRefused(string path)
    {
        var customer = await Customer.CreateAsync(host);
        foreach (var type in (string?[])["text/plain", "application/x-www-form-urlencoded", "application/jsonx", null])
        {
            using var content = Json("""{"metrics": {"text_tokens": 1}}"""u8.ToArray());
            content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);

            var answer = await customer.Key.PostAsync(path, content);

            answer.IsProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
            Assert.Contains("application/json", answer.String("detail"));
        }

        await customer.HasCountedNothingAsync();
    }

    [Theory]
    [InlineData("/v1/usage", 1 << 20)]
    [InlineData("/v1/usage/check", 1 << 20)]
    [InlineData("/v1/reservations", 1 << 20)]
    [InlineData("/v1/usage/batch", 16 << 20)]
    [InlineData("/v1/events", 16 << 20)]
    public async Task ABodyOverTheLimit_IsRefused_WhetherItsLengthIsToldOrNot(string path, int bytesMax)
    {
        var customer = await Customer.CreateAsync(host);
        var caller = path is "/v1/usage/batch" ? host.Gateway() : customer.Key;

        foreach (var chunked in (bool[])[false, true])
        {
            using var atTheLimit = Padded(path, bytesMax, chunked);
            (await caller.PostAsync(path, atTheLimit)).Is(
                path is "/v1/events" ? HttpStatusCode.NoContent
                : path is "/v1/reservations" ? HttpStatusCode.Created
                : HttpStatusCode.OK);
            using var overTheLimit = Padded(path, bytesMax + 1, chunked);
            (await caller.PostAsync(path, overTheLimit)).IsProblem(HttpStatusCode.RequestEntityTooLarge, "too-large");
        }
    }

    [Theory]
    [InlineData("""{"metrics": {"text_tokens": 1}, "ttlSeconds": 0}""", 422, "ttlSeconds")]
    [InlineData("""{"metrics": {"text_tokens": 1}, "ttlSeconds": 3601}""", 422, "ttlSeconds")]
    [InlineData("""{"metrics": {"text_tokens": 1}, "ttlSeconds": 1.5}""", 400, "ttlSeconds")]
    [InlineData("""{"metrics": {"text_tokens": 1}, "ttlSeconds": "60"}""", 400, "ttlSeconds")]
    [InlineData("""{"metrics": {"text_tokens": 1}, "ttlSeconds": 99999999999}""", 400, "ttlSeconds")]
    [InlineData("""{"metrics": {"text_tokens": 1}, "mode": "record"}""", 400, "mode")]
    [InlineData("""{"metrics": {"text_tokens": 1}, "at": "2026-11-20T00:00:00Z"}""", 400, "at")]
    [InlineData("""{"ttlSeconds": 60}""", 422, "metrics")]
    public async Task AReservationThatCanNotBeMeant_IsRefused(string body, int status, string field)
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 5);

        var answer = await customer.Key.PostAsync("/v1/reservations", body);

        answer.Is((HttpStatusCode)status);
        Assert.True(answer["errors"].TryGetProperty(field, out _), answer.Text);
        await customer.HasCountedNothingAsync();
    }

    [Theory]
    [InlineData("""{"metrics": {"text_tokens": -1}}""", 422, "metrics.text_tokens")]
    [InlineData("""{"metrics": {"text_tokens": 1}, "id": "r"}""", 400, "id")]
    [InlineData("""{"metrics": {"text_tokens": 1}, "mode": "record"}""", 400, "mode")]
    [InlineData("{}", 422, "metrics")]
    public async Task ACommitThatCanNotBeMeant_IsRefused_AndTheHoldStands(string body, int status, string field)
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 10);
        await customer.Key.PostAsync("/v1/reservations", """{"id": "r", "metrics": {"text_tokens": 6}}""");

        var answer = await customer.Key.PostAsync("/v1/reservations/r/commit", body);

        answer.Is((HttpStatusCode)status);
        Assert.True(answer["errors"].TryGetProperty(field, out _), answer.Text);
        (await customer.UseAsync(5)).Is(HttpStatusCode.TooManyRequests);
        (await customer.UseAsync(4)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task AnAmountThatThePricesMakeTooLarge_IsRefused()
    {
        await host.Operator().PriceAsync(
            "EUR", """[{"model": "*", "metric": "text_tokens", "per": 1, "amount": 100000}]""");
        var customer = await Customer.CreateAsync(host, "EUR");

        var answer = await customer.UseAsync(100_000_000_000);

        answer.IsProblem(HttpStatusCode.UnprocessableEntity, "rule-broken");
        Assert.Contains("At the prices in force", answer["errors"].GetProperty("metrics")[0].GetString());
        await customer.HasCountedNothingAsync();
    }

    [Theory]
    [InlineData("GET", "/v1/usage", HttpStatusCode.MethodNotAllowed, "method-not-allowed")]
    [InlineData("PUT", "/v1/reservations", HttpStatusCode.MethodNotAllowed, "method-not-allowed")]
    [InlineData("POST", "/v1/limits", HttpStatusCode.MethodNotAllowed, "method-not-allowed")]
    [InlineData("GET", "/v1/nothing", HttpStatusCode.NotFound, "not-found")]
    public async Task AnotherMethodOrAddress_IsAProblemToo(
        string method, string path, HttpStatusCode status, string type)
    {
        var customer = await Customer.CreateAsync(host);

        (await customer.Key.SendAsync(new HttpMethod(method), path, null, null)).IsProblem(status, type);
    }

    /// <summary>A node with one customer, for the many cases that count nothing.</summary>
    public sealed class Host(PostgresFixture postgres) : NodeHost(postgres)
    {
        private Customer? _customer;
        private int _counted;

        internal async Task<Customer> CustomerOfAllAsync()
        {
            if (_customer is not null)
                return _customer;
            var customer = await Customer.CreateAsync(this);
            await customer.LimitKeyAsync("requests", 1_000_000);
            return _customer = customer;
        }

        /// <summary>
        /// Asserts that nothing was counted since the last call: all that is counted now was there then.
        /// </summary>
        internal async Task HasCountedNothingAsync()
        {
            var answer = await (await CustomerOfAllAsync()).UseAsync(1);
            Assert.Equal(++_counted, answer.Is(HttpStatusCode.OK)["limits"][0].GetProperty("used").GetInt32());
        }
    }

    private static ByteArrayContent Json(byte[] body) =>
        new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    /// <summary>A valid body, padded with spaces to a length.</summary>
    private static HttpContent Padded(string path, int length, bool chunked)
    {
        var body = new byte[length];
        body.AsSpan().Fill((byte)' ');
        var (text, type) = path switch
        {
            "/v1/usage/batch" => ("[]", "application/json"),
            "/v1/events" => ("[]", "application/cloudevents-batch+json"),
            _ => ("""{"metrics": {"text_tokens": 1}}""", "application/json"),
        };
        Encoding.UTF8.GetBytes(text, body);
        HttpContent content = chunked ? new UntoldLength(body) : new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return content;
    }

    /// <summary>A body that is sent in chunks, so that its length is known only at its end.</summary>
    private sealed class UntoldLength(byte[] body) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            stream.WriteAsync(body).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
