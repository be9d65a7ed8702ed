using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Storage.Control.Audit;

namespace Sluice.Storage.Control.Accounts;

/// <summary>Stores members' sign-in data, sessions and access tokens.</summary>
public sealed class AccountStore(NpgsqlDataSource source, TimeProvider time)
{
    /// <summary>
    /// Consecutive failures that lock an account; count and duration are the defaults of ASP.NET Core Identity.
    /// </summary>
    private const int FailuresMax = 5;

    private const string Select =
        """
        select m.id as MemberId, m.tenant_id as TenantId, m.user_name as UserName, m.role,
               m.password_hash as PasswordHash, m.must_change_password as MustChangePassword,
               m.totp_secret as TotpSecret, m.totp_confirmed_at as TotpConfirmedAt, m.totp_step as TotpStep,
               m.locked_until as LockedUntil, t.require_mfa as RequiresSecondFactor
        from member m join tenant t on t.id = m.tenant_id and t.state <> 2
        where m.removed_at is null
        """;

    private static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(5);

    /// <summary>Finds an account by its tenant and user name, ignoring case; null if there is none.</summary>
    public async Task<Account?> FindAsync(long tenantId, string userName, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await db.FindAsync<Account>(
            $"{Select} and m.tenant_id = @tenantId and lower(m.user_name) = lower(@userName)",
            new { tenantId, userName },
            ct);
    }

    public async Task<Account?> FindAsync(long memberId, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await db.FindAsync<Account>($"{Select} and m.id = @memberId", new { memberId }, ct);
    }

    /// <summary>
    /// Takes an attempt to prove who one is, before the proof is checked: however many guesses are sent at once, no
    /// more are checked than may fail. The fifth without a success locks the account for five minutes.
    /// </summary>
    /// <param name="memberId">The account; 0 if there is none, which takes as long.</param>
    /// <param name="ct">Cancels the wait for the store.</param>
    /// <returns>False if the account is locked.</returns>
    public async Task<bool> TakeAttemptAsync(long memberId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = await source.OpenConnectionAsync(ct);
        return await db.RunAsync(
            """
            update member
            set failed_attempts = case when failed_attempts + 1 >= @FailuresMax then 0 else failed_attempts + 1 end,
                locked_until = case when failed_attempts + 1 >= @FailuresMax then @until else locked_until end
            where id = @memberId and (locked_until is null or locked_until <= @now)
            """,
            new { memberId, FailuresMax, now, until = now + LockedFor },
            ct) > 0;
    }

    /// <summary>
    /// Gives back an attempt that proved nothing and guessed nothing, such as a right password without the code.
    /// </summary>
    public async Task ReturnAttemptAsync(long memberId, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        await db.RunAsync(
            """
            update member
            set failed_attempts = case
                    -- It was the fifth, which has locked the account; else another node may have forgiven all of them.
                    when failed_attempts = 0 and locked_until is not null then @FailuresMax - 1
                    else greatest(failed_attempts - 1, 0) end,
                locked_until = null
            where id = @memberId
            """,
            new { memberId, FailuresMax },
            ct);
    }

    /// <summary>Forgets the attempts that failed, once one has succeeded.</summary>
    public async Task ForgiveAttemptsAsync(UnitOfWork tx, long memberId, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        await db.RunAsync(
            "update member set failed_attempts = 0, locked_until = null where id = @memberId", new { memberId }, ct);
    }

    /// <summary>Opens a session.</summary>
    /// <param name="tx">The action.</param>
    /// <param name="account">The account.</param>
    /// <param name="session">The new session.</param>
    /// <param name="totpStep">The step of the accepted code; null if none was required.</param>
    /// <param name="ct">Cancels the action.</param>
    /// <returns>False if that code was used before.</returns>
    public async Task<bool> OpenSessionAsync(
        UnitOfWork tx, Account account, NewSession session, long? totpStep, CancellationToken ct)
    {
        if (totpStep is { } step && !await UseStepAsync(tx, account.MemberId, step, ct))
            return false;
        await ForgiveAttemptsAsync(tx, account.MemberId, ct);
        var db = await tx.OpenAsync(ct);
        await db.RunAsync(
            """
            insert into console_session (id, member_id, token_hash, address, created_at, expires_at)
            values (@Id, @MemberId, @TokenHash, @Address, @Now, @ExpiresAt)
            """,
            new { session.Id, account.MemberId, session.TokenHash, tx.Origin.Address, tx.Now, session.ExpiresAt },
            ct);
        await AuditAsync(tx, "session.opened", account.MemberId, ct);
        return true;
    }

    public async Task EndSessionAsync(UnitOfWork tx, long memberId, long sessionId, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        await db.RunAsync(
            "update console_session set ended_at = @Now where id = @sessionId and ended_at is null",
            new { sessionId, tx.Now },
            ct);
        await AuditAsync(tx, "session.ended", memberId, ct);
    }

    /// <summary>Sets the password, and ends every other session and all access tokens.</summary>
    public async Task ChangePasswordAsync(
        UnitOfWork tx, long memberId, string passwordHash, long keptSession, CancellationToken ct)
    {
        await ForgiveAttemptsAsync(tx, memberId, ct);
        var db = await tx.OpenAsync(ct);
        await db.RunAsync(
            """
            update member set password_hash = @passwordHash, must_change_password = false, password_changed_at = @Now
            where id = @memberId;
            update access_token set revoked_at = @Now where member_id = @memberId and revoked_at is null;
            update console_session set ended_at = @Now
            where member_id = @memberId and id <> @keptSession and ended_at is null
            """,
            new { memberId, passwordHash, keptSession, tx.Now },
            ct);
        await AuditAsync(tx, "password.changed", memberId, ct);
    }

    /// <summary>
    /// Replaces the hash of an unchanged password; does nothing if the password has been changed since.
    /// </summary>
    public async Task RenewHashAsync(
        UnitOfWork tx, Account account, string renewed, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        await db.RunAsync(
            "update member set password_hash = @renewed where id = @MemberId and password_hash = @PasswordHash",
            new { renewed, account.MemberId, account.PasswordHash },
            ct);
    }

    /// <summary>Stores the secret of a second factor that is not confirmed yet.</summary>
    /// <returns>False if the member already has a second factor.</returns>
    public async Task<bool> BeginTotpAsync(
        UnitOfWork tx, long memberId, byte[] sealedSecret, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        var begun = await db.RunAsync(
            "update member set totp_secret = @sealedSecret where id = @memberId and totp_confirmed_at is null",
            new { memberId, sealedSecret },
            ct);
        if (begun > 0)
            await AuditAsync(tx, "mfa.begun", memberId, ct);
        return begun > 0;
    }

    /// <summary>Activates the second factor, with new recovery codes.</summary>
    /// <returns>False if enrolment was not started, or the factor is already active.</returns>
    public async Task<bool> ConfirmTotpAsync(
        UnitOfWork tx, long memberId, long step, IReadOnlyList<byte[]> recoveryHashes, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        var confirmed = await db.RunAsync(
            """
            update member set totp_confirmed_at = @Now, totp_step = @step
            where id = @memberId and totp_secret is not null and totp_confirmed_at is null and totp_step < @step
            """,
            new { memberId, step, tx.Now },
            ct);
        if (confirmed == 0)
            return false;
        await db.RunAsync(
            """
            delete from recovery_code where member_id = @memberId;
            insert into recovery_code (member_id, code_hash) select @memberId, unnest(@hashes)
            """,
            new { memberId, hashes = recoveryHashes.ToArray() },
            ct);
        await AuditAsync(tx, "mfa.enabled", memberId, ct);
        return true;
    }

    public async Task DisableTotpAsync(UnitOfWork tx, long memberId, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        await db.RunAsync(
            """
            update member set totp_confirmed_at = null, totp_secret = null where id = @memberId;
            delete from recovery_code where member_id = @memberId
            """,
            new { memberId },
            ct);
        await AuditAsync(tx, "mfa.disabled", memberId, ct);
    }

    /// <summary>Accepts a code's time step once; returns false if it was used before.</summary>
    public async Task<bool> UseStepAsync(UnitOfWork tx, long memberId, long step, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        return await db.RunAsync(
            "update member set totp_step = @step where id = @memberId and totp_step < @step",
            new { memberId, step },
            ct) > 0;
    }

    /// <returns>False if the code does not exist, or was used.</returns>
    public async Task<bool> UseRecoveryCodeAsync(
        UnitOfWork tx, long memberId, byte[] codeHash, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        var used = await db.RunAsync(
            """
            update recovery_code set used_at = @Now
            where member_id = @memberId and code_hash = @codeHash and used_at is null
            """,
            new { memberId, codeHash, tx.Now },
            ct);
        if (used > 0)
            await AuditAsync(tx, "mfa.recovery-code-used", memberId, ct);
        return used > 0;
    }

    public async Task<Page<AccessToken>> ListTokensAsync(long memberId, PageRequest page, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        var rows = await db.ListAsync<AccessToken>(
            """
            select id, name, scopes, created_at as CreatedAt, expires_at as ExpiresAt, last_used_at as LastUsedAt
            from access_token
            where member_id = @memberId and revoked_at is null
              and (@After::bigint is null
                   or (created_at, id) > (select c.created_at, c.id from access_token c where c.id = @After))
            order by created_at, id limit @Limit + 1
            """,
            new { memberId, page.After, page.Limit },
            ct);
        return Page<AccessToken>.Of(rows, page.Limit);
    }

    public Task<Result<AccessToken>> CreateTokenAsync(
        UnitOfWork tx, long memberId, NewAccessToken token, CancellationToken ct) =>
        Constraints.GuardAsync<AccessToken>(
            tx,
            new { MemberId = memberId, token.Name },
            async db =>
            {
                // A reset that came in between has ended all tokens; waiting for it prevents this one from surviving
                // it.
                var isReady = await db.FindAsync<bool>(
                    "select not must_change_password from member where id = @memberId for share",
                    new { memberId },
                    ct);
                if (!isReady)
                    return new Error.Forbidden("The password was reset in the meantime; sign in again.");
                if (await Bound.Tokens.CheckAsync(db, memberId, tx.Now, ct) is { } full)
                    return full;
                await db.RunAsync(
                    """
                    insert into access_token (id, member_id, name, token_hash, scopes, created_at, expires_at)
                    values (@Id, @memberId, @Name, @TokenHash, @scopes, @Now, @ExpiresAt)
                    """,
                    new
                    {
                        token.Id,
                        memberId,
                        token.Name,
                        token.TokenHash,
                        scopes = token.Scopes.ToArray(),
                        tx.Now,
                        token.ExpiresAt,
                    },
                    ct);
                await AuditAsync(tx, "access-token.created", memberId, ct, new { token.Name, token.Scopes });
                return new AccessToken
                {
                    Id = token.Id,
                    Name = token.Name,
                    Scopes = [.. token.Scopes],
                    CreatedAt = tx.Now,
                    ExpiresAt = token.ExpiresAt,
                };
            },
            ct);

    /// <returns>False if the member has no such token.</returns>
    public async Task<bool> RevokeTokenAsync(UnitOfWork tx, long memberId, long tokenId, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        var name = await db.FindAsync<string?>(
            "select name from access_token where id = @tokenId and member_id = @memberId",
            new { tokenId, memberId },
            ct);
        if (name is null)
            return false;
        var revoked = await db.RunAsync(
            "update access_token set revoked_at = @Now where id = @tokenId and revoked_at is null",
            new { tokenId, tx.Now },
            ct);
        if (revoked > 0)
            await AuditAsync(tx, "access-token.revoked", memberId, ct, new { name });
        return true;
    }

    private static async Task AuditAsync(
        UnitOfWork tx, string action, long memberId, CancellationToken ct, object? after = null)
    {
        var db = await tx.OpenAsync(ct);
        var tenant = await db.FindAsync<long>(
            "select tenant_id from member where id = @memberId", new { memberId }, ct);
        await AuditLog.AppendAsync(
            tx, new(action, tenant, IdText.Format(IdText.Member, memberId), null, after), ct);
    }
}
