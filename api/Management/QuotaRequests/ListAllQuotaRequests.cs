using System.ComponentModel.DataAnnotations;
using FastEndpoints;
using FluentValidation;
using Sluice.Storage.Control.Quota;

namespace Sluice.Api.Management.QuotaRequests;

/// <summary><c>GET /api/v1/quota-requests</c></summary>
internal sealed class ListAllQuotaRequests(QuotaRequestStore requests) : ManagementEndpoint<ListAllQuotaRequestsQuery>
{
    public override void Configure()
    {
        Get("/quota-requests");
        Group<QuotaRequestsEndpoints>();
        Requires(Permission.SetQuota);
        Describe("List the quota requests of all tenants, oldest first; filter with ?state=");
        Returns<ListResponse<QuotaRequestResponse>>();
    }

    public override async Task<ApiResult> ExecuteAsync(ListAllQuotaRequestsQuery query, CancellationToken ct)
    {
        if (query.Read(IdText.QuotaRequest).IsError(out var error, out var page))
            return ApiResult.Failure(error);
        QuotaRequestState? wanted = null;
        foreach (var value in Enum.GetValues<QuotaRequestState>())
        {
            if (Words.Of(value) == query.State)
                wanted = value;
        }


        return ApiResult.Of(
            await requests.ListAsync(null, wanted, page, ct),
            static found => ApiResult.Ok(ListResponse<QuotaRequestResponse>.Of(
                found, QuotaRequestResponse.Of, static request => Ids.QuotaRequest(request.Id))));
    }
}

/// <param name="State">Only requests in this state; all if omitted.</param>
/// <param name="After">The <c>next</c> of the previous page; the first page if omitted.</param>
/// <param name="Limit">The most items of the page, 1 to 500; 50 if omitted.</param>
internal sealed record ListAllQuotaRequestsQuery(
    [AllowedValues("open", "approved", "denied")] string? State = null,
    string? After = null,
    [Range(1, PageRequest.MaxLimit)] string? Limit = null) : PageQuery(After, Limit);

internal sealed class ListAllQuotaRequestsQueryValidator : Validator<ListAllQuotaRequestsQuery>
{
    public ListAllQuotaRequestsQueryValidator()
    {
        RuleFor(static q => q.State).Follows(FieldRules.OneOf("open", "approved", "denied"))
            .When(static q => !string.IsNullOrEmpty(q.State));
    }
}
