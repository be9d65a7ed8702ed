using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Sluice.Api.Problems;

namespace Sluice.Api.Actions;

/// <summary>
/// The result of an endpoint: a resource, or the error that left everything unchanged; and the changes that nodes must
/// confirm before it is sent.
/// </summary>
internal sealed class ApiResult : IResult
{
    private const string Json = "application/json; charset=utf-8";

    private readonly object? _resource;

    private ApiResult(
        int status, object? resource, string? location = null, params IReadOnlyList<ControlChange> changes)
    {
        Status = status;
        _resource = resource;
        Location = location;
        Changes = changes;
    }

    private ApiResult(Error error)
    {
        Error = error;
        Changes = [];
    }

    /// <summary>Whether this is a result of its own, such as a file, and neither a resource nor an error.</summary>
    public bool IsOther => _resource is IResult;

    /// <summary>The HTTP status of a success.</summary>
    public int Status { get; }

    /// <summary>The path of what was created; null if nothing was.</summary>
    public string? Location { get; }

    public string? ContentType => _resource is null ? null : Json;

    /// <summary>The resource.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public object Resource => _resource ?? throw new InvalidOperationException("The result is not a resource.");

    /// <summary>Why nothing was done; null on success.</summary>
    public Error? Error { get; }

    /// <summary>The changes that must be in force before the result is sent.</summary>
    public IReadOnlyList<ControlChange> Changes { get; }

    public static ApiResult Ok(object resource, params IReadOnlyList<ControlChange> changes) =>
        new(StatusCodes.Status200OK, resource, null, changes);

    public static ApiResult Created(string location, object resource, params IReadOnlyList<ControlChange> changes) =>
        new(StatusCodes.Status201Created, resource, location, changes);

    public static ApiResult NoContent(params IReadOnlyList<ControlChange> changes) =>
        new(StatusCodes.Status204NoContent, null, null, changes);

    /// <summary>Wraps a result that is no resource, such as a CSV file. It can't be the result of a change.</summary>
    public static ApiResult Other(IResult result) => new(StatusCodes.Status200OK, result);

    public static ApiResult Failure(Error error) => new(error);

    public static ApiResult NotFound(string what) => new(new Error.NotFound(what));

    /// <summary>Returns the error, or what <paramref name="show"/> makes of the value.</summary>
    public static ApiResult Of<T>(Result<T> result, Func<T, ApiResult> show) =>
        result.IsError(out var error, out var value) ? Failure(error) : show(value);

    /// <summary>Serializes the resource; empty if there is none.</summary>
    public byte[] BodyOf(HttpContext http)
    {
        if (_resource is null)
            return [];
        return JsonSerializer.SerializeToUtf8Bytes(_resource, JsonOf(http));
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (Error is Error.TooMany many)
        {
            BoundMetrics.Refused(httpContext, many.What);
            if (many.RetryAfterSeconds is { } seconds)
                httpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (Error is not null)
            return Problem.Of(Error).ExecuteAsync(httpContext);
        if (_resource is IResult other)
            return other.ExecuteAsync(httpContext);
        return IsKnown(httpContext)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified).ExecuteAsync(httpContext)
            : new StoredApiResult(Status, ContentType, Location, BodyOf(httpContext)).ExecuteAsync(httpContext);
    }

    /// <summary>Adds the tag of a resource that has one, and returns whether the caller has it as it is.</summary>
    private bool IsKnown(HttpContext http)
    {
        if (_resource is null || http.GetEndpoint()?.Metadata.GetMetadata<EntityTagMetadata>() is null)
            return false;
        var tag = EntityTag.Of(_resource, JsonOf(http));
        http.Response.Headers.ETag = tag.ToString();
        return tag.IsAmong(http.Request.GetTypedHeaders().IfNoneMatch);
    }

    private static JsonSerializerOptions JsonOf(HttpContext http) =>
        http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
}
