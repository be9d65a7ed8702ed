using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Sluice.WebConsole.Calls;

/// <summary>
/// Sends the requests of a typed client into the node's own pipeline, on behalf of the browser whose request is being
/// answered: with its address, which limits go by, and with its wish to go on. Cookies that the API sets reach it.
/// </summary>
internal sealed class NodeHandler(NodeCalls calls, IServiceScopeFactory scopes, HttpContext outer) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var body = await BodyOfAsync(request, cancellationToken);
        using var answer = new MemoryStream();
        var response = new NodeResponse();
        var http = new DefaultHttpContext(Features(request, response, body, answer, cancellationToken))
        {
            RequestServices = scope.ServiceProvider,
        };
        http.Connection.RemoteIpAddress = outer.Connection.RemoteIpAddress;
        await calls.InvokeAsync(http);
        await response.EndAsync();
        await http.Response.BodyWriter.FlushAsync(cancellationToken);
        PassCookies(response);
        return MessageOf(request, response, answer.ToArray());
    }

    private static async Task<MemoryStream> BodyOfAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var body = new MemoryStream();
        if (request.Content is not null)
            await request.Content.CopyToAsync(body, ct);
        body.Position = 0;
        return body;
    }

    private FeatureCollection Features(
        HttpRequestMessage request, NodeResponse response, Stream body, Stream answer, CancellationToken ct)
    {
        var uri = request.RequestUri!;
        IHeaderDictionary headers = new HeaderDictionary();
        foreach (var (name, values) in request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<
            KeyValuePair<string, IEnumerable<string>>>()))
            headers[name] = values.ToArray();
        headers.ContentLength = request.Content is null ? null : body.Length;
        headers.Host = outer.Request.Host.ToString();
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Method = request.Method.Method,
            Scheme = outer.Request.Scheme,
            Protocol = HttpProtocol.Http11,
            // A slash that is part of an id stays escaped, as in requests from outside.
            Path = PathString.FromUriComponent(uri.AbsolutePath).Value!,
            QueryString = uri.Query,
            RawTarget = uri.PathAndQuery,
            Headers = headers,
            Body = body,
        });
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        features.Set<IHttpRequestBodyDetectionFeature>(new BodyDetection(request.Content is not null));
        features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature { RequestAborted = ct });
        return features;
    }

    private void PassCookies(NodeResponse response)
    {
        if (!outer.Response.HasStarted)
        {
            foreach (var cookie in response.Headers.SetCookie)
                outer.Response.Headers.Append(HeaderNames.SetCookie, cookie);
        }
    }

    private static HttpResponseMessage MessageOf(HttpRequestMessage request, NodeResponse response, byte[] body)
    {
        var message = new HttpResponseMessage((HttpStatusCode)response.StatusCode)
        {
            RequestMessage = request,
            Content = new ByteArrayContent(body),
        };
        foreach (var (name, values) in response.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
                message.Content.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }

        return message;
    }

    private sealed record BodyDetection(bool CanHaveBody) : IHttpRequestBodyDetectionFeature;
}
