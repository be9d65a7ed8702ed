using Microsoft.AspNetCore.Mvc;
using Sluice.Api.Management.Account;
using Sluice.Api.Management.Invitations;
using Sluice.Api.Problems;

namespace Sluice.Api.Pages;

/// <summary>Maps the pages for people, which need no credential and are no part of the API's documentation.</summary>
internal static class PageRoutes
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    private static readonly FailurePage Failures = new(
        static (request, status) => InvitationPage.Failed(status, PageLanguage.Of(request)));

    public static void MapPages(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/", Reading, static (HttpContext http) => HomePage.Show(http.Request))
            .AllowAnonymous().ExcludeFromDescription();
        app.MapMethods(
            InvitationLinks.Path,
            Reading,
            static (HttpContext http, InvitationVisit visit, CancellationToken ct) => visit.OpenAsync(http, ct))
            .AllowAnonymous().ExcludeFromDescription().WithMetadata(Failures);
        // As expensive as signing in, because it hashes a password.
        app.MapPost(
            InvitationLinks.Path,
            static (HttpContext http, InvitationVisit visit, CancellationToken ct) => visit.AcceptAsync(http, ct))
            .AllowAnonymous().ExcludeFromDescription()
            .RequireRateLimiting(SignInLimiter.Policy)
            .WithMetadata(new RequestSizeLimitAttribute(InvitationVisit.MaxFormBytes), Failures);
    }
}
