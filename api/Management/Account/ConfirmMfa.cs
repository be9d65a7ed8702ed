using Sluice.Api.Auth;
using Sluice.Storage.Control.Accounts;

namespace Sluice.Api.Management.Account;

/// <summary><c>POST /api/v1/me/mfa/confirm</c></summary>
internal sealed class ConfirmMfa(UnitOfWork work, AccountStore accounts, SecondFactor secondFactor)
    : ManagementEndpoint<ConfirmMfaRequest>
{
    public override void Configure()
    {
        Post("/me/mfa/confirm");
        Group<AccountEndpoints>();
        Requires(Permission.OwnSecondFactor);
        Options(static route => route.RequireRateLimiting(SignInLimiter.Policy));
        Transactional();
        Describe("Confirm the second factor with a code and get recovery codes");
        Returns<ConfirmMfaResponse>();
        Description(static route => route
            .ProducesProblem(StatusCodes.Status429TooManyRequests));
    }

    public override async Task<ApiResult> ExecuteAsync(ConfirmMfaRequest request, CancellationToken ct)
    {
        if (await accounts.FindAsync(Caller.MemberId, ct) is not { TotpSecret: not null } account)
            return ApiResult.Failure(
                new Error.Conflict("No second factor was begun: POST /api/v1/me/mfa/enroll first."));
        if (account.TotpConfirmedAt is not null)
            return ApiResult.Failure(new Error.Conflict("The second factor is in use already."));
        var codes = RecoveryCodes.Make();
        var step = secondFactor.StepOf(account, request.Totp, work.Now);
        if (step is null
            || !await accounts.ConfirmTotpAsync(
                work, Caller.MemberId, step.Value, [.. codes.Select(RecoveryCodes.HashOf)], ct))
        {
            return ApiResult.Failure(new Error.RulesBroken("totp", "wrong", "Is not the present code."));
        }

        return ApiResult.Ok(new ConfirmMfaResponse(codes));
    }
}

/// <param name="Totp">The code that the authenticator app shows.</param>
internal sealed record ConfirmMfaRequest(string? Totp);

/// <param name="RecoveryCodes">Ten recovery codes, each of which signs in once without the app; shown once.</param>
internal sealed record ConfirmMfaResponse(IReadOnlyList<string> RecoveryCodes);
