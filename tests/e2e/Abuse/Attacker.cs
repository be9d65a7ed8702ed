using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Sluice.LoadTest.Fleets;
using Sluice.LoadTest.Http;

namespace Sluice.EndToEnd.Abuse;

/// <summary>
/// A customer of the platform, or someone without any credential, who sends as much of the worst as the node takes.
/// </summary>
internal sealed class Attacker : IDisposable
{
    /// <summary>Events of one batch: as many as a batch may have.</summary>
    private const int BatchEvents = 10_000;

    /// <summary>The longest label, in characters.</summary>
    private const int LabelLength = 128;

    /// <summary>Stands for the number of the batch.</summary>
    private const string Run = "########";

    private const int RunDigits = 8;

    /// <summary>How old an event may be, less an hour.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(35) - TimeSpan.FromHours(1);

    private readonly HttpClient _http;
    private readonly string _operatorToken;
    private readonly TimeProvider _time;
    private long _sent;
    private int _number;
    private BatchPattern? _pattern;

    public Attacker(HttpTarget target, Fleet fleet, string operatorToken, TimeProvider time)
    {
        Fleet = fleet;
        Target = target;
        _operatorToken = operatorToken;
        _time = time;
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1_000 })
        {
            BaseAddress = target.BaseAddress,
        };
    }

    public HttpTarget Target { get; }

    public Fleet Fleet { get; }

    /// <summary>The attacker's session in the console.</summary>
    public required Account Owner { get; init; }

    /// <summary>Another member of the attacker's tenant.</summary>
    public required string MemberId { get; init; }

    public string TenantId => Fleet.Tenants[0].Id;

    /// <summary>The names of additional metrics of the platform, counted by every event of a batch.</summary>
    public List<string> Metrics { get; } = [];

    /// <summary>The number of requests that were answered, or given up.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>Returns a number that was never returned before.</summary>
    public int Next() => Interlocked.Increment(ref _number);

    /// <summary>Returns a day, UTC, as reports take it.</summary>
    public string DaysAgo(int days) =>
        _time.GetUtcNow().AddDays(-days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Repeats something on a number of connections until stopped.</summary>
    public Task RepeatAsync(int connections, Func<CancellationToken, Task> once, CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    try
                    {
                        await once(stop);
                    }
                    catch (Exception e) when (
                        e is HttpRequestException or IOException or SocketException or OperationCanceledException)
                    {
                        // Refused or cut off: that is what the node may do to an attacker.
                    }

                    Interlocked.Increment(ref _sent);
                }
            },
            CancellationToken.None)));

    public Task GetAsync(string path, string? token, CancellationToken stop) =>
        SendAsync(HttpMethod.Get, path, token, content: null, stop);

    public Task GetAsOperatorAsync(string path, CancellationToken stop) => GetAsync(path, _operatorToken, stop);

    public Task PostAsync(string path, string? token, string json, CancellationToken stop) =>
        SendAsync(HttpMethod.Post, path, token, Content(Encoding.UTF8.GetBytes(json), "application/json"), stop);

    public Task PostEventsAsync(byte[] batch, CancellationToken stop) => SendAsync(
        HttpMethod.Post, "v1/events", Fleet.Keys[0].Secret, Content(batch, "application/cloudevents-batch+json"), stop);

    /// <summary>
    /// Makes a batch as expensive as one can be: each event has labels of its own, as long as they may be, and a time
    /// of its own within the 35 days. Made from a pattern, because the node is to be busy and not the attacker.
    /// </summary>
    public byte[] WorstBatch()
    {
        var pattern = Volatile.Read(ref _pattern);
        if (pattern is null)
            Volatile.Write(ref _pattern, pattern = Pattern());
        var batch = (byte[])pattern.Bytes.Clone();
        Span<byte> run = stackalloc byte[RunDigits];
        Next().TryFormat(run, out _, "D8", CultureInfo.InvariantCulture);
        foreach (var place in pattern.Runs)
            run.CopyTo(batch.AsSpan(place));
        return batch;
    }

    /// <summary>Opens a page of the console, signed in.</summary>
    public async Task OpenPageAsync(string path, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", $"sluice_session={Owner.Token}");
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, stop);
    }

    /// <summary>Sends a change that may be repeated: it claims a key of its own.</summary>
    public async Task ChangeAsync(string path, string json, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = Content(Encoding.UTF8.GetBytes(json), "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Owner.Token);
        request.Headers.Add("Idempotency-Key", $"change-{Next()}");
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, stop);
    }

    public void Dispose()
    {
        _http.Dispose();
        Owner.Dispose();
    }

    private BatchPattern Pattern()
    {
        var now = _time.GetUtcNow();
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            for (var i = 0; i < BatchEvents; i++)
                WriteEvent(json, i, now);
            json.WriteEndArray();
        }

        return BatchPattern.Of(bytes.ToArray(), Run);
    }

    private void WriteEvent(Utf8JsonWriter json, int i, DateTimeOffset now)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{Run}-{i}-");
        json.WriteStartObject();
        json.WriteString("specversion"u8, "1.0"u8);
        json.WriteString("id"u8, name);
        json.WriteString("source"u8, "abuse"u8);
        json.WriteString("type"u8, "usage"u8);
        json.WriteString("time"u8, now - (Oldest * ((double)i / BatchEvents)));
        json.WriteStartObject("data"u8);
        json.WriteString("model"u8, name.PadRight(LabelLength, 'm'));
        json.WriteString("member"u8, name.PadRight(LabelLength, 'p'));
        json.WriteStartObject("metrics"u8);
        json.WriteNumber("text_tokens"u8, 7);
        foreach (var metric in Metrics)
            json.WriteNumber(metric, 1);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private async Task SendAsync(
        HttpMethod method, string path, string? token, HttpContent? content, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, stop);
    }

    private static ByteArrayContent Content(byte[] bytes, string type) =>
        new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
}
