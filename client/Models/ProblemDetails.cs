// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;

namespace Sluice.Client.Models;

/// <summary>
/// What is wrong with a request (RFC 9457); the fields after <c>detail</c> are there where they apply.
/// </summary>
public sealed record ProblemDetails
{
    /// <summary>The kind of problem, to branch on: <c>/problems/limit-reached</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The kind of problem in words.</summary>
    public required string Title { get; init; }

    /// <summary>The status code of the response.</summary>
    public required int Status { get; init; }

    /// <summary>What is wrong and what to do about it, for people.</summary>
    public required string Detail { get; init; }

    /// <summary>Sentences by field, all of them at once; <c>body</c> is the body as a whole.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors { get; init; }

    /// <summary>The same as codes, for programs; in the management API.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Rules { get; init; }

    /// <summary>The id of what is in the way.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ConflictsWith { get; init; }

    /// <summary>The event's id.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Id { get; init; }

    /// <summary>False: the usage was refused, and nothing was counted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Allowed { get; init; }

    /// <summary>The key's state: <c>ok</c>, <c>warning</c> or <c>blocked</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? State { get; init; }

    /// <summary>Not described.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Limit? Limit { get; init; }

    /// <summary>Who can raise that limit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RaisedBy { get; init; }

    /// <summary>True: the same sign-in with a code of the second factor may succeed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? MfaRequired { get; init; }
}
