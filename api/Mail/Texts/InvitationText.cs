namespace Sluice.Api.Mail.Texts;

/// <summary>The mail with the link of an invitation.</summary>
internal static class InvitationText
{
    public const string Kind = "invitation";

    /// <param name="InvitedBy">A user name; null for the operator.</param>
    /// <param name="Role">The role's name in the API.</param>
    /// <param name="TenantId">The id to sign in with; null in mails that an earlier version queued.</param>
    /// <param name="Address">Where to sign in; null in the same mails.</param>
    internal sealed record Model(
        string Tenant,
        string? InvitedBy,
        string Role,
        DateTimeOffset ExpiresAt,
        string? TenantId = null,
        string? Address = null);

    public static MailContent Write(Model model, string link, string timeZone, MailLanguage language)
    {
        var account = language.Quote(model.Tenant);
        var by = model.InvitedBy ?? language.Say("The operator of the platform", "L'opérateur de la plateforme");
        return new(
            language.Say($"Invitation to the account {account}", $"Invitation à rejoindre le compte {account}"),
            [language.Say($"{by} invites you to join the account {account}.",
                $"{by} vous invite à rejoindre le compte {account}.")],
            [.. FactsOf(model, timeZone, language)],
            new(language.Say("Accept the invitation", "Accepter l'invitation"), link),
            [.. SignInOf(model, language), language.Say(
                "The link works once, and is for you alone. If you did not expect this mail, ignore it.",
                "Ce lien ne fonctionne qu'une fois et n'est destiné qu'à vous. Si vous n'attendiez pas ce message, "
                    + "ignorez-le.")]);
    }

    private static IEnumerable<Fact> FactsOf(Model model, string timeZone, MailLanguage language)
    {
        yield return new(language.Say("Account", "Compte"), model.Tenant);
        if (model.TenantId is { } id)
            yield return new(language.Say("Tenant id", "Identifiant du locataire"), id);
        yield return new(language.Say("Role", "Rôle"), RoleOf(model.Role, language));
        yield return new(language.Say("Valid until", "Valable jusqu'au"), language.Time(model.ExpiresAt, timeZone));
    }

    private static IEnumerable<string> SignInOf(Model model, MailLanguage language)
    {
        if (model is { TenantId: { } id, Address: { } address })
        {
            yield return language.Say(
                $"Afterwards you sign in at {address} with the account id {id}, and the user name and password that "
                    + "you choose.",
                $"Ensuite, vous vous connectez sur {address} avec l'identifiant du compte {id}, le nom d'utilisateur "
                    + "et le mot de passe que vous aurez choisis.");
        }
    }

    /// <summary>Returns the name of a role for people.</summary>
    public static string RoleOf(string role, MailLanguage language) => role switch
    {
        "administrator" => language.Say("administrator", "administrateur"),
        "member" => language.Say("member", "membre"),
        _ => role,
    };
}
