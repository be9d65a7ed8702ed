using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Sluice.WebConsole.Calls;

/// <summary>The response of a call that has no connection.</summary>
internal sealed class NodeResponse : IHttpResponseFeature
{
    private readonly Stack<(Func<object, Task> Callback, object State)> _starting = [];
    private readonly Stack<(Func<object, Task> Callback, object State)> _completed = [];

    public int StatusCode { get; set; } = StatusCodes.Status200OK;

    public string? ReasonPhrase { get; set; }

    public IHeaderDictionary Headers { get; set; } = new HeaderDictionary();

    public Stream Body { get; set; } = Stream.Null;

    public bool HasStarted => false;

    public void OnStarting(Func<object, Task> callback, object state) => _starting.Push((callback, state));

    public void OnCompleted(Func<object, Task> callback, object state) => _completed.Push((callback, state));

    /// <summary>Does what waits for the response to start and to end.</summary>
    public async Task EndAsync()
    {
        while (_starting.TryPop(out var start))
            await start.Callback(start.State);
        while (_completed.TryPop(out var end))
            await end.Callback(end.State);
    }
}
