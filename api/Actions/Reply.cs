using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Sluice.Api.Problems;
using Sluice.Storage.Control;

namespace Sluice.Api.Actions;

/// <summary>What an endpoint answers: a resource, or why there is none; and what nodes have to be told first.</summary>
internal sealed class Reply : IResult
{
    private const string Json = "application/json; charset=utf-8";

    private readonly object? _resource;

    private Reply(int status, object? resource, string? location = null, params IReadOnlyList<ControlChange> changes)
    {
        Status = status;
        _resource = resource;
        Location = location;
        Changes = changes;
    }

    private Reply(Refusal refusal)
    {
        Refusal = refusal;
        Changes = [];
    }

    public int Status { get; }

    public string? Location { get; }

    public string? ContentType => _resource is null ? null : Json;

    /// <summary>Null where the action was done.</summary>
    public Refusal? Refusal { get; }

    /// <summary>What has to be in force before this may be answered.</summary>
    public IReadOnlyList<ControlChange> Changes { get; }

    public static Reply Ok(object resource, params IReadOnlyList<ControlChange> changes) =>
        new(StatusCodes.Status200OK, resource, null, changes);

    public static Reply Created(string location, object resource, params IReadOnlyList<ControlChange> changes) =>
        new(StatusCodes.Status201Created, resource, location, changes);

    public static Reply NoContent(params IReadOnlyList<ControlChange> changes) =>
        new(StatusCodes.Status204NoContent, null, null, changes);

    public static Reply Refused(Refusal refusal) => new(refusal);

    public static Reply NotFound(string what) => new(new Refusal.NotFound(what));

    /// <summary>Answers an outcome: the refusal, or what <paramref name="show"/> makes of the value.</summary>
    public static Reply Of<T>(Outcome<T> outcome, Func<T, Reply> show) =>
        outcome.IsRefused(out var refusal, out var value) ? Refused(refusal) : show(value);

    /// <summary>The resource as it goes over the wire; empty where there is none.</summary>
    public byte[] BodyOf(HttpContext http)
    {
        if (_resource is null)
            return [];
        var options = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        return JsonSerializer.SerializeToUtf8Bytes(_resource, options);
    }

    public Task ExecuteAsync(HttpContext httpContext) => Refusal is null
        ? new WrittenReply(Status, ContentType, Location, BodyOf(httpContext)).ExecuteAsync(httpContext)
        : Problem.Of(Refusal).ExecuteAsync(httpContext);
}
