using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Client;

namespace Sluice.WebConsole.Calls;

/// <summary>Makes clients of the REST API of this node.</summary>
public sealed class NodeApi(NodeCalls calls, IServiceScopeFactory scopes)
{
    /// <summary>Returns a client for the time of a request; dispose of it.</summary>
    internal NodeClient ClientFor(HttpContext http, string? token)
    {
        var client = new HttpClient(new NodeHandler(calls, scopes, http)) { BaseAddress = new Uri("http://node") };
        return new NodeClient(client, new SluiceClient(client, token));
    }
}

/// <summary>A client and what it sends with.</summary>
internal sealed record NodeClient(HttpClient Http, SluiceClient Api) : IDisposable
{
    public void Dispose() => Http.Dispose();
}
