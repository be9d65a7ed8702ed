using System.Net.Http.Headers;
using System.Text.Json;
using Xunit;

namespace Sluice.Api.Tests.Management.Live;

/// <summary>Reads server-sent events from a node.</summary>
internal sealed class LiveReader : IDisposable
{
    /// <summary>How long a test waits for an event, or for the end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpClient _client;
    private readonly StreamReader _lines;

    private LiveReader(HttpClient client, HttpResponseMessage message, StreamReader lines)
    {
        (_client, Message, _lines) = (client, message, lines);
    }

    /// <summary>An event: its name, its id and its data.</summary>
    internal sealed record Event(string Name, string Id, JsonElement Data)
    {
        public IReadOnlyList<JsonElement> Items => [.. Data.GetProperty("items").EnumerateArray()];

        public IReadOnlyList<string> ScopeIds =>
            [.. Items.Select(static item => item.GetProperty("scopeId").GetString()!)];
    }

    public HttpResponseMessage Message { get; }

    public static async Task<LiveReader> OpenAsync(
        NodeHost host, string tenantPath, string token, string? lastEventId = null)
    {
        var client = host.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{tenantPath}/live");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        var message = await client.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        return new(client, message, new StreamReader(
            await message.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
    }

    /// <summary>Reads the next event; null if the stream has ended.</summary>
    public async Task<Event?> NextAsync()
    {
        var fields = new Dictionary<string, string>();
        while (await _lines.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience)
            is { } line)
        {
            if (line.Length == 0 && fields.Count > 0)
                return new(fields["event"], fields["id"], JsonDocument.Parse(fields["data"]).RootElement);
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            // A comment begins with the colon.
            if (colon > 0)
                fields.Add(line[..colon], line[(colon + 2)..]);
        }

        return null;
    }

    /// <summary>Reads the snapshot that every stream begins with.</summary>
    public async Task<Event> SnapshotAsync()
    {
        var first = (await NextAsync())!;
        Assert.Equal("snapshot", first.Name);
        return first;
    }

    /// <summary>Reads events until one meets a condition.</summary>
    public async Task<Event> UntilAsync(Predicate<Event> wanted)
    {
        while (await NextAsync() is { } next)
        {
            Assert.Equal("change", next.Name);
            if (wanted(next))
                return next;
        }

        throw new InvalidOperationException("the stream has ended");
    }

    /// <summary>Reads to the end.</summary>
    public async Task EndAsync()
    {
        while (await NextAsync() is not null)
        {
            // What still comes does not matter.
        }
    }

    public void Dispose()
    {
        _lines.Dispose();
        Message.Dispose();
        _client.Dispose();
    }
}
