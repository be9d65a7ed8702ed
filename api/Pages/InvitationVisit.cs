using Microsoft.Extensions.Options;
using Sluice.Api.Auth;
using Sluice.Api.Management.Invitations;
using Sluice.Api.Problems;
using Sluice.Api.Settings;
using Sluice.Storage.Control.Invitations;
using Sluice.Storage.Control.Members;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Api.Pages;

/// <summary>Answers the visitors of an invitation's link.</summary>
internal sealed class InvitationVisit(
    InvitationAcceptance acceptance,
    InvitationStore invitations,
    TenantStore tenants,
    MemberStore members,
    IOptions<SluiceOptions> options)
{
    /// <summary>The most bytes of a form; ours are smaller.</summary>
    public const int MaxFormBytes = 16 * 1024;

    private const string FormType = "application/x-www-form-urlencoded";

    /// <summary>Shows the invitation of a token.</summary>
    public Task<PageResult> OpenAsync(HttpContext http, CancellationToken ct) =>
        OfferAsync(http, InvitationForm.Empty(http.Request.Query[InvitationForm.Token].ToString()), ct);

    /// <summary>Accepts it, or shows the form again with what is wrong.</summary>
    public async Task<PageResult> AcceptAsync(HttpContext http, CancellationToken ct)
    {
        if (IsFromElsewhere(http.Request))
            return InvitationPage.Refused(StatusCodes.Status403Forbidden, PageLanguage.Of(http.Request));
        if (await ReadAsync(http.Request, ct) is not { } request)
            return InvitationPage.Refused(StatusCodes.Status400BadRequest, PageLanguage.Of(http.Request));
        var failures = new AcceptInvitationRequestValidator().Validate(request).Errors
            .Select(static f => new FieldError(NameOf(f.PropertyName), f.ErrorCode, f.ErrorMessage));
        var form = new InvitationForm(request, [.. failures]);
        if (form.Broken.Count > 0)
            return await OfferAsync(http, form, ct);
        if (await acceptance.PrepareAsync(request, ct) is { } refused)
            return await OfferAsync(http, form with { Broken = BrokenBy(http, refused) }, ct);
        var accepted = await acceptance.AcceptAsync(request, http.Connection.RemoteIpAddress?.ToString(), ct);
        if (accepted.IsError(out var error, out var member))
            return await OfferAsync(http, form with { Broken = BrokenBy(http, error) }, ct);
        await acceptance.CommitAsync(ct);
        return await tenants.FindAsync(member.TenantId, ct) is { } tenant
            ? InvitationPage.Welcome(tenant, member, options.Value.LinkBase)
            : InvitationPage.Gone(PageLanguage.Of(http.Request));
    }

    private async Task<PageResult> OfferAsync(HttpContext http, InvitationForm form, CancellationToken ct)
    {
        if (form.Request.Token is not { Length: > 0 and <= SecretText.MaxLength } token
            || await invitations.FindOpenAsync(SecretText.HashOf(token), ct) is not { } invitation
            || await tenants.FindAsync(invitation.TenantId, ct) is not { } tenant)
            return InvitationPage.Gone(PageLanguage.Of(http.Request));
        var inviter = await members.FindAsync(tenant.Id, Ids.Read(IdText.Member, invitation.CreatedBy), ct);
        return InvitationPage.Offer(tenant, invitation, inviter?.UserName, form);
    }

    /// <summary>
    /// Whether another site sent the form. No cookie takes part, and the form carries the token, which other sites do
    /// not have; browsers that say where a form came from are believed besides.
    /// </summary>
    private static bool IsFromElsewhere(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none");

    private static async Task<AcceptInvitationRequest?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentType?.StartsWith(FormType, StringComparison.OrdinalIgnoreCase) != true)
            return null;
        try
        {
            return InvitationForm.Read(await request.ReadFormAsync(ct));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Returns what an error of accepting means for the form; nothing if the invitation is gone.</summary>
    private static IReadOnlyList<FieldError> BrokenBy(HttpContext http, Error error)
    {
        if (error is Error.TooMany many)
            BoundMetrics.Refused(http, many.What);
        return error switch
        {
            Error.RulesBroken broken => broken.Rules,
            Error.Conflict =>
                [new(InvitationForm.UserName, "user-name-taken", "This user name is taken; choose another one.")],
            Error.TooMany(_, var detail, _) => [new(InvitationForm.UserName, "too-many", detail)],
            _ => [],
        };
    }

    private static string NameOf(string property) =>
        System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(property);
}
