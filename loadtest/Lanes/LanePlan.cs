using System.Text;
using Sluice.LoadTest.Events;
using Sluice.LoadTest.Http;

namespace Sluice.LoadTest.Lanes;

/// <summary>
/// The data shared by the lanes of a run that send to one target, encoded once; immutable except for the source and the
/// sink.
/// </summary>
internal sealed class LanePlan(
    RunOptions options, HttpTarget target, IEventSource source, IOutcomeSink sink, TimeProvider time)
{
    public RunOptions Options { get; } = options;

    public HttpTarget Target { get; } = target;

    public IEventSource Source { get; } = source;

    public IOutcomeSink Sink { get; } = sink;

    public TimeProvider Time { get; } = time;

    public EventWriter Writer { get; } = new(options.RunId, options.Ack, options.LeavesIdsOut);

    /// <summary>One head per key for the path of the run's mode; unused in batches.</summary>
    public RequestHead[] KeyHeads { get; } = options.Mode switch
    {
        SendMode.Consume => HeadsFor(options, target, "/v1/usage"),
        SendMode.Reserve => HeadsFor(options, target, "/v1/reservations"),
        _ => [],
    };

    public byte[][] KeyIds { get; } = [.. options.Keys.Select(key => Encoding.ASCII.GetBytes(key.Id))];

    private static RequestHead[] HeadsFor(RunOptions options, HttpTarget target, string path) =>
        [.. options.Keys.Select(key => RequestHead.Json(target, path, key.Secret))];
}
