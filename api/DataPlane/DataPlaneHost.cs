using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Microsoft.Extensions.Options;
using Sluice.Api.Auth;
using Sluice.Api.Lanes;
using Sluice.Api.Problems;
using Sluice.Api.Settings;
using Sluice.Engine.Caches;
using Sluice.Engine.Events;
using Sluice.Engine.Hosting;
using Sluice.Engine.Keys;
using Sluice.Engine.Usage;
using Sluice.Metering.Limits;
using Sluice.Storage.Control.Accounts;

namespace Sluice.Api.DataPlane;

/// <summary>
/// Common steps of the data plane's endpoints: authenticate the caller, read the body, send the response.
/// </summary>
internal sealed class DataPlaneHost(
    MeteringNode node,
    ServiceTokens tokens,
    BulkLane bulk,
    IOptions<SluiceOptions> options,
    TimeProvider time)
{
    private const string Bearer = "Bearer ";
    private const string GatewayHeader = "X-Sluice-Gateway";
    /// <summary>Maximum integer of a structured field (RFC 9651): 15 digits.</summary>
    private const long StructuredIntegerMax = 999_999_999_999_999;

    private const string NeedsGateway = $"The gateway token is needed too, in the header {GatewayHeader}.";
    private const string Unavailable = "The node is starting or the store can't be reached. Nothing was counted.";

    public Meter Meter => node.Meter;

    /// <summary>The way of large batches.</summary>
    public BulkLane Bulk => bulk;

    public KeyCache Keys => node.Keys;

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>
    /// Returns the key of the request; null after the refusal was sent. The response to a wrong key is the same
    /// whatever is wrong with it.
    /// </summary>
    public async ValueTask<CachedKey?> AuthenticateAsync(HttpContext http)
    {
        var answer = LacksGateway(http) ? default : await FindKeyAsync(http);
        if (answer.Key is null)
            await RefuseAsync(http, answer);
        return answer.Key;
    }

    /// <summary>
    /// Returns the holder of the request's secret, which may have stopped working: what was begun with it may end. Null
    /// after the refusal was sent.
    /// </summary>
    public async ValueTask<SecretHolder?> AuthenticateHolderAsync(HttpContext http)
    {
        var answer = LacksGateway(http) ? default : await FindKeyAsync(http);
        if (answer.Key is { } key)
            return new SecretHolder(key, SecretEnded: false);
        if (!LacksGateway(http) && !answer.TooManyUnknown
            && TokenOf(http) is { Length: > 0 and <= SecretText.MaxLength } token
            && await node.Keys.RecogniseAsync(Encoding.UTF8.GetBytes(token)) is { } holder)
        {
            return holder;
        }

        await RefuseAsync(http, answer);
        return null;
    }

    /// <summary>Returns whether the caller is a gateway; if not, the refusal was sent.</summary>
    public async ValueTask<bool> AuthenticateGatewayAsync(HttpContext http)
    {
        if (IsGateway(http))
            return true;
        var token = TokenOf(http);
        var sent = tokens.IsOperator(token) ? "the operator's token"
            : (await FindKeyAsync(http)).Key is not null ? "an API key"
            : null;
        http.Response.Headers.WWWAuthenticate = "Bearer";
        await SendProblemAsync(
            http, 401, ProblemTypes.Unauthorized, "Not signed in.",
            sent is null
                ? "The gateway token is missing or wrong."
                : KeyRefusal.Needs("the gateway's token", sent));
        return false;
    }

    /// <summary>Whether the request carries the gateway token as its credential.</summary>
    public bool IsGateway(HttpContext http) => IsGateway(TokenOf(http));

    /// <summary>Returns the key of a secret that a gateway was sent.</summary>
    public async ValueTask<CachedKey?> FindKeyAsync(byte[] secret) =>
        (await node.Keys.AuthenticateAsync(secret, sender: null)).Key;

    /// <summary>Describes why a secret in a body is refused.</summary>
    public async ValueTask<string> DescribeRefusalAsync(byte[] secret) =>
        KeyRefusal.Describe(await node.Keys.RecogniseAsync(secret), NowMs);

    /// <summary>Sends the response to one event, whatever its outcome, and releases the event.</summary>
    public ValueTask<FlushResult> SendAsync(
        HttpContext http, UsageEvent usage, Action<UsageWriter, UsageEvent, MetricCatalogue> success, int status = 200)
    {
        var writer = UsageWriter.Rent();
        if (usage.Verdict == UsageVerdict.Allowed)
        {
            success(writer, usage, Meter.Metrics);
        }
        else
        {
            DataPlaneProblems.Write(writer, usage, Meter.Metrics);
            status = DataPlaneProblems.Of(usage, Meter.Metrics).Status;
            http.Response.ContentType = "application/problem+json";
            SetRetryAfter(http, usage, status);
            if (usage.Verdict == UsageVerdict.TooManyReservations)
                BoundMetrics.Refused(http, "reservations");
            if (status == 401)
                http.Response.Headers.WWWAuthenticate = "Bearer";
        }

        SetRateLimit(http, usage);
        usage.Release();
        return SendAsync(http, status, writer);
    }

    public static ValueTask<FlushResult> SendFaultsAsync(HttpContext http, IReadOnlyList<BodyFault> faults)
    {
        var writer = UsageWriter.Rent();
        var status = DataPlaneProblems.Write(writer, faults);
        http.Response.ContentType = "application/problem+json";
        return SendAsync(http, status, writer);
    }

    public static ValueTask<FlushResult> SendProblemAsync(
        HttpContext http, int status, string type, string title, string detail)
    {
        var writer = UsageWriter.Rent();
        DataPlaneProblems.Write(writer, status, type, title, detail);
        http.Response.ContentType = "application/problem+json";
        if (status == 503)
            http.Response.Headers.RetryAfter = "1";
        return SendAsync(http, status, writer);
    }

    public static ValueTask<FlushResult> SendUnavailableAsync(HttpContext http) => SendProblemAsync(
        http, 503, ProblemTypes.Unavailable, "A part of the service can't be reached.", Unavailable);

    public static ValueTask<FlushResult> SendAsync(HttpContext http, int status, UsageWriter writer)
    {
        Fill(http, status, writer);
        return http.Response.BodyWriter.FlushAsync();
    }

    /// <summary>Copies what was written into the response, which is sent with the next flush.</summary>
    public static void Fill(HttpContext http, int status, UsageWriter writer)
    {
        var body = writer.Written;
        http.Response.StatusCode = status;
        http.Response.ContentType ??= "application/json";
        http.Response.ContentLength = body.Length;
        http.Response.BodyWriter.Write(body);
    }

    /// <summary>
    /// Finds the key of a request. The bound on unknown keys is for senders that are not known; behind a gateway that
    /// proves itself, all callers have the same address.
    /// </summary>
    private ValueTask<KeyAnswer> FindKeyAsync(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (header.Length > Bearer.Length + 128
            || !header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return default;
        Span<byte> secret = stackalloc byte[3 * 128];
        var length = Encoding.UTF8.GetBytes(header.AsSpan(Bearer.Length).Trim(), secret);
        var sender = options.Value.RequireGateway ? null : http.Connection.RemoteIpAddress;
        return node.Keys.AuthenticateAsync(secret[..length], sender);
    }

    private bool IsGateway(string token) => token.Length > 0 && tokens.IsGateway(token);

    private bool LacksGateway(HttpContext http) =>
        options.Value.RequireGateway && !IsGateway(http.Request.Headers[GatewayHeader].ToString());

    private static string TokenOf(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : "";
    }

    /// <summary>Answers 401 with what is required here, and never with what is wrong with a secret.</summary>
    private async ValueTask RefuseAsync(HttpContext http, KeyAnswer answer)
    {
        if (answer.TooManyUnknown)
        {
            BoundMetrics.Refused(http, "unknown-keys");
            http.Response.Headers.RetryAfter = "1";
            await SendProblemAsync(
                http, 429, DataPlaneProblems.TooManyUnknownKeys, "Too many unknown keys.",
                DataPlaneProblems.NotLookedUp);
            return;
        }

        var detail = LacksGateway(http)
            ? DataPlaneProblems.NoKey
            : await KeyRefusal.DescribeAsync(TokenOf(http), tokens, node.Keys, NowMs);
        http.Response.Headers.WWWAuthenticate = "Bearer";
        await SendProblemAsync(
            http, 401, ProblemTypes.Unauthorized, "Not signed in.",
            options.Value.RequireGateway ? $"{detail} {NeedsGateway}" : detail);
    }

    private static void SetRetryAfter(HttpContext http, UsageEvent usage, int status)
    {
        if (status == 503)
            http.Response.Headers.RetryAfter = "1";
        else if (usage.Refusal is { ResetsAtMs: < long.MaxValue } refusal)
            http.Response.Headers.RetryAfter = Seconds(refusal, usage).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// Sets the headers of the tightest limit, as draft-ietf-httpapi-ratelimit-headers defines them: quota and window
    /// in the policy, the remaining amount and time in the state. Whole numbers, because the
    /// draft has no others, rounded up: a client that reads 0 stops, although a part of a unit is left.
    /// </summary>
    public void SetRateLimit(HttpContext http, UsageEvent usage)
    {
        if (usage.Readings.Count == 0)
            return;
        var tightest = usage.Refusal ?? usage.Readings[0];
        var metric = Meter.Metrics[tightest.Limit.Metric];
        var name = $"{UsageWriter.ScopeText(tightest.Limit.Scope.Kind)}-{metric.Name}";
        var remaining = Whole(tightest.RemainingUnits, metric);
        http.Response.Headers["RateLimit-Policy"] = $"\"{name}\";q={Whole(tightest.ValueUnits, metric)}";
        http.Response.Headers["RateLimit"] = tightest.ResetsAtMs == long.MaxValue
            ? $"\"{name}\";r={remaining}"
            : $"\"{name}\";r={remaining};t={Seconds(tightest, usage)}";
    }

    private static long Whole(long units, Metric metric)
    {
        var whole = (units / metric.UnitsPerWhole) + (units % metric.UnitsPerWhole > 0 ? 1 : 0);
        return Math.Min(whole, StructuredIntegerMax);
    }

    private static long Seconds(in LimitReading reading, UsageEvent usage) =>
        Math.Max(1, (reading.ResetsAtMs - usage.Entry.AdmittedAtMs + 999) / 1_000);
}
