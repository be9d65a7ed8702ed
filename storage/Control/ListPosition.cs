namespace Sluice.Storage.Control;

/// <summary>The place in a list behind which a page begins.</summary>
/// <param name="Id">The id of the last item of the previous page.</param>
/// <param name="Value">
/// What that item was sorted by when its page was read: a name, or a time as PostgreSQL reads it. So a page follows the
/// previous one although the item has changed, or is gone. Null to look it up, which suits times that never change.
/// </param>
public sealed record ListPosition(long Id, string? Value);
