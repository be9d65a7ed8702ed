using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using StandardWebhooks;
using Xunit;

namespace Sluice.Api.Tests.Webhooks;

/// <summary>
/// A receiver of webhooks on a port of this machine: keeps what it gets, and answers as a test wants.
/// </summary>
public sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Received> _received = new();
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> _answers = new();

    private Receiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(TakeAsync);
    }

    /// <summary>One request, with its body as it was sent.</summary>
    public sealed record Received(string Path, string Method, IReadOnlyDictionary<string, string> Headers, string Body)
    {
        public string MessageId => Headers["webhook-id"];

        public JsonElement Json => JsonDocument.Parse(Body).RootElement;

        /// <summary>
        /// Returns how many of its signatures are by this secret, checked as the standard tells receivers to.
        /// </summary>
        public int SignaturesOf(string secret)
        {
            var sentAt = DateTimeOffset.FromUnixTimeSeconds(
                long.Parse(Headers["webhook-timestamp"], CultureInfo.InvariantCulture));
            var expected = new StandardWebhook(secret).Sign(MessageId, sentAt, Body);
            return Headers["webhook-signature"].Split(' ').Count(signature => signature == expected);
        }
    }

    public IReadOnlyList<Received> All => [.. _received];

    public static async Task<Receiver> StartAsync()
    {
        var receiver = new Receiver();
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public IReadOnlyList<Received> At(string path) => [.. _received.Where(one => one.Path == path)];

    public string Url(string path) => _app.Urls.Single() + path;

    /// <summary>Sets the answer at a path; the default is 204.</summary>
    public void Answers(string path, Func<HttpContext, Task> answer) => _answers[path] = answer;

    public void Answers(string path, int status) => Answers(path, http =>
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    });

    /// <summary>Keeps requests at a path waiting until the result is set.</summary>
    public TaskCompletionSource Holds(string path)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Answers(path, http => gate.Task.WaitAsync(http.RequestAborted));
        return gate;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(http.RequestAborted);
        var headers = http.Request.Headers.ToDictionary(
            static header => header.Key.ToLowerInvariant(), static header => header.Value.ToString());
        _received.Enqueue(new(http.Request.Path, http.Request.Method, headers, body));
        if (_answers.TryGetValue(http.Request.Path, out var answer))
            await answer(http);
        else
            http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
