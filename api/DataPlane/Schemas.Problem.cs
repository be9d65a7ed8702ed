namespace Sluice.Api.DataPlane;

internal static partial class Schemas
{
    /// <summary>
    /// What is wrong with a request (RFC 9457); the fields after <c>detail</c> are there where they apply.
    /// </summary>
    /// <param name="Type">The kind of problem, to branch on: <c>/problems/limit-reached</c>.</param>
    /// <param name="Title">The kind of problem in words.</param>
    /// <param name="Status">The status code of the response.</param>
    /// <param name="Detail">What is wrong and what to do about it, for people.</param>
    /// <param name="Errors">Sentences by field, all of them at once; <c>body</c> is the body as a whole.</param>
    /// <param name="Rules">The same as codes, for programs; in the management API.</param>
    /// <param name="ConflictsWith">The id of what is in the way.</param>
    /// <param name="Id">The event's id.</param>
    /// <param name="Allowed">False: the usage was refused, and nothing was counted.</param>
    /// <param name="State">The key's state: <c>ok</c>, <c>warning</c> or <c>blocked</c>.</param>
    /// <param name="Limit">The limit that refused the usage.</param>
    /// <param name="RaisedBy">Who can raise that limit.</param>
    /// <param name="MfaRequired">True: the same sign-in with a code of the second factor may succeed.</param>
    internal sealed record Problem(
        string Type,
        string Title,
        int Status,
        string Detail,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors = null,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? Rules = null,
        string? ConflictsWith = null,
        string? Id = null,
        bool Allowed = false,
        string? State = null,
        Limit? Limit = null,
        string? RaisedBy = null,
        bool MfaRequired = false);
}
