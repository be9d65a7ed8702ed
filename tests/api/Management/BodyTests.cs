using System.Net;
using System.Text;
using Xunit;

namespace Sluice.Api.Tests.Management;

[Collection<SettingsNode>]
public sealed class BodyTests(NodeHost host)
{
    private readonly ApiCaller _api = host.Operator();

    [Theory]
    [InlineData("""{"name": "x", "colour": "red"}""", "colour", "There is no such field.")]
    [InlineData("""{"Name": "x"}""", "Name", "There is no such field.")]
    [InlineData("""{"name": "x", "NAME": "y"}""", "NAME", "There is no such field.")]
    [InlineData("""{"name": 5}""", "name", "Has the wrong type.")]
    [InlineData("""{"name": "x", "decimals": "two"}""", "decimals", "Has the wrong type.")]
    [InlineData("""{"name": "x", "name": "y"}""", "name", "Is given twice.")]
    public async Task AFieldThatCanNotBeRead_IsNamed(string body, string field, string reason)
    {
        var answer = await _api.PostAsync("/api/v1/metrics", body);

        answer.IsProblem(HttpStatusCode.BadRequest, "bad-request");
        Assert.Equal(reason, answer["errors"].GetProperty(field)[0].GetString());
    }

    [Theory]
    [InlineData("GET", "/api/v1/tenants?colour=red", "colour", "There is no such field.")]
    [InlineData("GET", "/api/v1/tenants?Limit=1", "Limit", "There is no such field.")]
    [InlineData("GET", "/api/v1/tenants?limit=1&limit=2", "limit", "Is given twice.")]
    [InlineData("GET", "/api/v1/tenants/t00000000001?colour=red", "colour", "There is no such field.")]
    [InlineData("POST", "/api/v1/metrics?name=x", "name", "There is no such field.")]
    [InlineData("DELETE", "/api/v1/tenants/t00000000001?colour=red", "colour", "There is no such field.")]
    public async Task AQueryThatAnAddressDoesNotHave_IsNamed(string method, string path, string field, string reason)
    {
        using var body = method == "POST" ? new StringContent("{}", Encoding.UTF8, "application/json") : null;
        var answer = await _api.SendAsync(new HttpMethod(method), path, body, null);

        answer.IsProblem(HttpStatusCode.BadRequest, "bad-request");
        Assert.Equal(reason, answer["errors"].GetProperty(field)[0].GetString());
    }

    [Fact]
    public async Task TheAddressOfTheLibrarysOwnTests_IsNotThere() =>
        (await host.Operator().GetAsync("/_test_url_cache_")).Is(HttpStatusCode.NotFound);

    [Fact]
    public async Task AFieldInside_IsNamedByItsPath()
    {
        var tenant = await _api.PostAsync("/api/v1/tenants", """{"owner": {"userName": "ada", "age": 5}}""");
        Assert.True(tenant.IsProblem(HttpStatusCode.BadRequest, "bad-request")["errors"]
            .TryGetProperty("owner.age", out _));

        var book = await _api.PutAsync("/api/v1/price-book", """{"prices": [{}, {"per": "many"}]}""");
        Assert.Equal("Must be a number.", book.IsProblem(HttpStatusCode.BadRequest, "bad-request")["errors"]
            .GetProperty("prices[1].per")[0].GetString());

        var thresholds = await _api.PutAsync(
            "/api/v1/tenants/t00000000001/usage-thresholds", """{"metrics": {"text_tokens": {"warning": [1, "2"]}}}""");
        Assert.True(thresholds.IsProblem(HttpStatusCode.BadRequest, "bad-request")["errors"]
            .TryGetProperty("metrics.text_tokens.warning", out _));
    }

    [Theory]
    [InlineData("2026-11-21T09:30:00")]
    [InlineData("2026-11-21")]
    [InlineData("soon")]
    [InlineData("2026-11-21 09:30:00Z")]
    [InlineData("2026-11-21T09:30Z")]
    [InlineData("2026-11-21T09:30:00.Z")]
    [InlineData("2026-11-21T09:30:60Z")]
    [InlineData("2026-11-21T09:30:00+9:00")]
    [InlineData("0001-01-01T00:00:00+00:01")]
    [InlineData("9999-12-31T23:59:59-00:01")]
    public async Task ATimeThatIsNone_OrWithoutItsOffset_IsRefused(string time)
    {
        var answer = await _api.PutAsync("/api/v1/price-book", new { effectiveFrom = time });

        answer.IsProblem(HttpStatusCode.BadRequest, "bad-request");
        Assert.Equal(
            "Must be a time such as 2026-11-21T09:30:00Z.",
            answer["errors"].GetProperty("effectiveFrom")[0].GetString());
    }

    /// <summary>
    /// Bodies arrive in blocks of 4 KiB, the first one shared with the headers: a number is read correctly wherever the
    /// next block begins inside it.
    /// </summary>
    [Theory]
    [InlineData("quota", """{"amount": 123456789.123456}""")]
    [InlineData(
        "usage-thresholds",
        """{"metrics": {"text_tokens": {"warning": [1234567890123]}}, "recipients": {"warning": ["a@example.com"]}}""")]
    [InlineData("usage-thresholds", """{"metrics": {"text_tokens": {"blocked": 12345678901234}}}""")]
    public async Task ANumber_IsRead_WhereverItLies(string resource, string body)
    {
        const int FirstPadding = 3_500;
        const int LastPadding = 4_200;
        const int Step = 6;
        var path = $"{await _api.TenantPathAsync()}/{resource}";
        for (var padding = FirstPadding; padding <= LastPadding; padding += Step)
        {
            var answer = await _api.PutAsync(path, new string(' ', padding) + body);

            Assert.True(answer.Status == HttpStatusCode.OK, $"behind {padding} blanks: {answer.Text}");
        }
    }

    private static readonly object[] Priced = [new { model = "*", metric = "requests", per = 1, amount = 1 }];

    [Theory]
    [InlineData("2030-01-01T00:00:00.123456789Z", "2030-01-01T00:00:00.123Z")]
    [InlineData("2030-01-01t00:00:00.5z", "2030-01-01T00:00:00.5Z")]
    [InlineData("2030-01-01T09:30:00.0009+09:30", "2030-01-01T00:00:00Z")]
    [InlineData("2029-12-31T19:00:00-05:00", "2030-01-01T00:00:00Z")]
    public async Task ATime_IsReadHoweverManyDigitsItHas(string time, string shown)
    {
        var put = await _api.PutAsync(
            "/api/v1/price-book", new { effectiveFrom = time, currency = "NOK", prices = Priced });

        Assert.Equal(shown, put.Is(HttpStatusCode.OK).String("effectiveFrom"));
        (await _api.GetAsync($"/api/v1/price-book?currency=NOK&at={Uri.EscapeDataString(time)}")).Is(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("""{"name": """)]
    [InlineData("name=x")]
    [InlineData("""{"name": "x",}""")]
    public async Task JsonThatIsNone_IsRefused_SayingWhere(string body)
    {
        var answer = await _api.PostAsync("/api/v1/metrics", body);

        answer.IsProblem(HttpStatusCode.BadRequest, "bad-request");
        Assert.Contains("line 1", answer.String("detail"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    public async Task AMissingBody_IsRefused(string body) =>
        (await _api.PostAsync("/api/v1/metrics", body)).IsProblem(HttpStatusCode.BadRequest, "bad-request");

    [Fact]
    public async Task ABodyOfAnotherType_IsRefused()
    {
        using var form = new StringContent("name=x", Encoding.UTF8, "application/x-www-form-urlencoded");

        (await _api.SendAsync(HttpMethod.Post, "/api/v1/metrics", form, null))
            .IsProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("with-an-idempotency-key")]
    public async Task ABodyOverAMebibyte_IsRefused(string? idempotencyKey)
    {
        var body = $$"""{"name": "{{new string('x', 1024 * 1024)}}"}""";

        (await _api.PostAsync("/api/v1/metrics", body, idempotencyKey))
            .IsProblem(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Fact]
    public async Task AnUnknownAddress_AndAMethodItDoesNotTake_AreProblemsToo()
    {
        (await _api.GetAsync("/api/v1/nothing")).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await _api.GetAsync("/openapi/v2.json")).IsProblem(HttpStatusCode.NotFound, "not-found");
        var delete = await _api.DeleteAsync("/api/v1/metrics");
        delete.IsProblem(HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        Assert.Equal("This address takes GET, POST.", delete.String("detail"));
    }

    [Fact]
    public async Task AFaultOfTheServiceItself_SaysSo_AndNothingOfWhatIsInside()
    {
        var tenant = await _api.TenantPathAsync();
        await host.QueryAsync<object>("alter table statement rename to statement_elsewhere");
        try
        {
            var answer = await _api.GetAsync($"{tenant}/statements");

            answer.IsProblem(HttpStatusCode.InternalServerError, "internal");
            Assert.DoesNotContain("statement", answer.Text);
        }
        finally
        {
            await host.QueryAsync<object>("alter table statement_elsewhere rename to statement");
        }
    }
}
