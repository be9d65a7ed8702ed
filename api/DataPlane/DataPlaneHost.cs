using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Microsoft.Extensions.Options;
using Sluice.Api.Auth;
using Sluice.Api.Problems;
using Sluice.Api.Settings;
using Sluice.Engine.Caches;
using Sluice.Engine.Events;
using Sluice.Engine.Hosting;
using Sluice.Engine.Keys;
using Sluice.Engine.Usage;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;

namespace Sluice.Api.DataPlane;

/// <summary>
/// Common steps of the data plane's endpoints: authenticate the caller, read the body, send the response.
/// </summary>
internal sealed class DataPlaneHost(MeteringNode node, ServiceTokens tokens, IOptions<SluiceOptions> options)
{
    private const string Bearer = "Bearer ";
    private const string GatewayHeader = "X-Sluice-Gateway";
    private const string NeedsGateway = $"The gateway token is needed too, in the header {GatewayHeader}.";
    private const string Unavailable = "The node is starting or the store can't be reached. Nothing was counted.";

    public Meter Meter => node.Meter;

    public KeyCache Keys => node.Keys;

    /// <summary>
    /// Returns the key of the request; null after the refusal was sent. The response is the same whatever is wrong with
    /// the key.
    /// </summary>
    public async ValueTask<CachedKey?> AuthenticateAsync(HttpContext http)
    {
        var key = options.Value.RequireGateway && !IsGateway(http.Request.Headers[GatewayHeader].ToString())
            ? null
            : await FindKeyAsync(http);
        if (key is null)
            await RefuseAsync(http);
        return key;
    }

    /// <summary>Returns whether the caller is a gateway; if not, the refusal was sent.</summary>
    public async ValueTask<bool> AuthenticateGatewayAsync(HttpContext http)
    {
        if (IsGateway(http))
            return true;
        http.Response.Headers.WWWAuthenticate = "Bearer";
        await SendProblemAsync(
            http, 401, ProblemTypes.Unauthorized, "Not signed in.", "The gateway token is missing or wrong.");
        return false;
    }

    /// <summary>Whether the request carries the gateway token as its credential.</summary>
    public bool IsGateway(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            && IsGateway(header[Bearer.Length..].Trim());
    }

    /// <summary>Returns the key of a secret.</summary>
    public ValueTask<CachedKey?> FindKeyAsync(ReadOnlySpan<byte> secret) => node.Keys.AuthenticateAsync(secret);

    /// <summary>
    /// Returns the whole body; null after a refusal was sent because it is too large or of the wrong type.
    /// </summary>
    public static async ValueTask<ReadOnlySequence<byte>?> ReadBodyAsync(HttpContext http, int bytesMax, string[] types)
    {
        if (!IsOneOf(http.Request.ContentType, types))
        {
            await SendProblemAsync(
                http, 415, ProblemTypes.UnsupportedMediaType, "The body has the wrong type.",
                $"The content type must be {string.Join(" or ", types)}.");
            return null;
        }

        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            if (http.Request.ContentLength > bytesMax || read.Buffer.Length > bytesMax)
            {
                await DiscardAsync(reader, read, http.RequestAborted);
                await SendProblemAsync(
                    http, 413, ProblemTypes.TooLarge, "The body is too large.",
                    $"It may have at most {bytesMax} bytes.");
                return null;
            }

            if (read.IsCompleted)
                return read.Buffer;
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>Releases the body.</summary>
    public static void Done(HttpContext http, ReadOnlySequence<byte> body) =>
        http.Request.BodyReader.AdvanceTo(body.End);

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
        var body = writer.Written;
        http.Response.StatusCode = status;
        http.Response.ContentType ??= "application/json";
        http.Response.ContentLength = body.Length;
        return http.Response.BodyWriter.WriteAsync(body);
    }

    private static async ValueTask DiscardAsync(PipeReader reader, ReadResult read, CancellationToken ct)
    {
        while (true)
        {
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return;
            read = await reader.ReadAsync(ct);
        }
    }

    private static bool IsOneOf(string? contentType, string[] types)
    {
        if (contentType is null)
            return false;
        var end = contentType.IndexOf(';', StringComparison.Ordinal);
        var type = end < 0 ? contentType : contentType[..end].TrimEnd();
        foreach (var wanted in types)
        {
            if (wanted.Equals(type, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private ValueTask<CachedKey?> FindKeyAsync(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (header.Length > Bearer.Length + 128
            || !header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return default;
        Span<byte> secret = stackalloc byte[3 * 128];
        var length = Encoding.UTF8.GetBytes(header.AsSpan(Bearer.Length).Trim(), secret);
        return node.Keys.AuthenticateAsync(secret[..length]);
    }

    private bool IsGateway(string token) => token.Length > 0 && tokens.IsGateway(token);

    /// <summary>Answers 401 with what is required here, never with which part of it was wrong.</summary>
    private ValueTask<FlushResult> RefuseAsync(HttpContext http)
    {
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return SendProblemAsync(
            http, 401, ProblemTypes.Unauthorized, "Not signed in.",
            options.Value.RequireGateway ? $"{DataPlaneProblems.NoKey} {NeedsGateway}" : DataPlaneProblems.NoKey);
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
    /// in the policy, the remaining amount and time in the state. Whole units, rounded down.
    /// </summary>
    public void SetRateLimit(HttpContext http, UsageEvent usage)
    {
        if (usage.Readings.Count == 0)
            return;
        var tightest = usage.Refusal ?? usage.Readings[0];
        var metric = Meter.Metrics[tightest.Limit.Metric];
        var name = $"{UsageWriter.ScopeText(tightest.Limit.Scope.Kind)}-{metric.Name}";
        var unit = metric.UnitsPerWhole;
        http.Response.Headers["RateLimit-Policy"] = $"\"{name}\";q={tightest.ValueUnits / unit}";
        http.Response.Headers["RateLimit"] = tightest.ResetsAtMs == long.MaxValue
            ? $"\"{name}\";r={tightest.RemainingUnits / unit}"
            : $"\"{name}\";r={tightest.RemainingUnits / unit};t={Seconds(tightest, usage)}";
    }

    private static long Seconds(in LimitReading reading, UsageEvent usage) =>
        Math.Max(1, (reading.ResetsAtMs - usage.Entry.AdmittedAtMs + 999) / 1_000);
}
