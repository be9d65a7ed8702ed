using System.Security.Cryptography;
using Sluice.Api.Auth;
using Sluice.Storage.Control.Accounts;

namespace Sluice.Api.Management.Account;

/// <summary><c>POST /api/v1/me/mfa/enroll</c></summary>
internal sealed class EnrollMfa(UnitOfWork work, AccountStore accounts, SealedSecrets secrets) : ManagementEndpoint
{
    public override void Configure()
    {
        Post("/me/mfa/enroll");
        Group<AccountEndpoints>();
        Requires(Permission.OwnSecondFactor);
        Transactional();
        Describe("Start to enrol a second factor; it takes effect once a code of it is confirmed");
        Returns<EnrollMfaResponse>();
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct)
    {
        var secret = RandomNumberGenerator.GetBytes(Totp.SecretBytes);
        return await accounts.BeginTotpAsync(work, Caller.MemberId, secrets.SealTotp(secret), ct)
            ? ApiResult.Ok(new EnrollMfaResponse(Totp.TextOf(secret), Totp.UriOf(secret, Caller.UserName)))
            : ApiResult.Failure(new Error.Conflict("There is a second factor already; disable it first."));
    }
}

/// <param name="Secret">The secret in base 32, for typing into an authenticator app.</param>
/// <param name="OtpauthUri">The secret as a link, for a QR code.</param>
internal sealed record EnrollMfaResponse(string Secret, string OtpauthUri);
