using System.Security.Cryptography;
using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Auth;
using Sluice.Api.Wire;
using Sluice.Storage.Accounts;
using Sluice.Storage.Control;

namespace Sluice.Api.Management.Account;

/// <summary><c>POST /api/v1/me/mfa/enroll</c></summary>
internal static class EnrollMfa
{
    /// <param name="Secret">For typing into an app, base 32.</param>
    /// <param name="OtpauthUri">The same as a link, for a QR code.</param>
    internal sealed record Response(string Secret, string OtpauthUri);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/me/mfa/enroll", HandleAsync)
        .Needs(Permission.OwnSecondFactor)
        .AsAction()
        .Describe("EnrollMfa", "Begins a second factor; it counts once a code of it was confirmed")
        .Produces<Response>();

    private static async Task<Reply> HandleAsync(
        Caller caller, ControlTransaction tx, IAccountStore accounts, SealedSecrets secrets, CancellationToken ct)
    {
        var secret = RandomNumberGenerator.GetBytes(Totp.SecretBytes);
        return await accounts.BeginTotpAsync(tx, caller.MemberId, secrets.SealTotp(secret), ct)
            ? Reply.Ok(new Response(Totp.TextOf(secret), Totp.UriOf(secret, caller.UserName)))
            : Reply.Refused(new Refusal.Conflict("There is a second factor already; disable it first."));
    }
}
