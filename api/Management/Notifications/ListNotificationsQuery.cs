using System.ComponentModel.DataAnnotations;
using FastEndpoints;
using FluentValidation;

namespace Sluice.Api.Management.Notifications;

/// <summary>The requested page of a list of mails.</summary>
/// <param name="Sort"><c>createdAt</c>, oldest first, or <c>-createdAt</c>; oldest first if omitted.</param>
/// <param name="After">The <c>next</c> of the previous page; the first page if omitted.</param>
/// <param name="Limit">The most items of the page, 1 to 500; 50 if omitted.</param>
internal record ListNotificationsQuery(
    [AllowedValues(ListNotificationsQuery.Oldest, ListNotificationsQuery.Newest)] string? Sort = null,
    string? After = null,
    [Range(1, PageRequest.MaxLimit)] string? Limit = null)
    : PageQuery(After, Limit)
{
    public const string Oldest = "createdAt";
    public const string Newest = "-createdAt";

    /// <remarks>No property: those are parameters of the address.</remarks>
    public bool StartsWithNewest() => Sort == Newest;
}

internal sealed class ListNotificationsQueryValidator : Validator<ListNotificationsQuery>
{
    public ListNotificationsQueryValidator()
    {
        RuleFor(static q => q.Sort)
            .Follows(FieldRules.OneOf(ListNotificationsQuery.Oldest, ListNotificationsQuery.Newest))
            .When(static q => !string.IsNullOrEmpty(q.Sort));
    }
}
