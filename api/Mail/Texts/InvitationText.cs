namespace Sluice.Api.Mail.Texts;

/// <summary>The mail with the link of an invitation.</summary>
internal static class InvitationText
{
    public const string Kind = "invitation";

    /// <param name="InvitedBy">A user name; null for the operator.</param>
    /// <param name="Role">The role's name in the API.</param>
    internal sealed record Model(string Tenant, string? InvitedBy, string Role, DateTimeOffset ExpiresAt);

    public static MailContent Write(Model model, string link, string timeZone, MailLanguage language)
    {
        var account = language.Quote(model.Tenant);
        var by = model.InvitedBy ?? language.Say("The operator of the platform", "L'opérateur de la plateforme");
        return new(
            language.Say($"Invitation to the account {account}", $"Invitation à rejoindre le compte {account}"),
            [language.Say($"{by} invites you to join the account {account}.",
                $"{by} vous invite à rejoindre le compte {account}.")],
            [
                new(language.Say("Account", "Compte"), model.Tenant),
                new(language.Say("Role", "Rôle"), RoleOf(model.Role, language)),
                new(language.Say("Valid until", "Valable jusqu'au"), language.Time(model.ExpiresAt, timeZone)),
            ],
            new(language.Say("Accept the invitation", "Accepter l'invitation"), link),
            [language.Say(
                "The link works once, and is for you alone. If you did not expect this mail, ignore it.",
                "Ce lien ne fonctionne qu'une fois et n'est destiné qu'à vous. Si vous n'attendiez pas ce message, "
                    + "ignorez-le.")]);
    }

    private static string RoleOf(string role, MailLanguage language) => role switch
    {
        "administrator" => language.Say("administrator", "administrateur"),
        "member" => language.Say("member", "membre"),
        _ => role,
    };
}
