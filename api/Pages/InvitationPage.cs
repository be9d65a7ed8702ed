using System.Text;
using Sluice.Api.Auth;
using Sluice.Api.Mail.Texts;
using Sluice.Storage.Control.Invitations;
using Sluice.Storage.Control.Members;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Api.Pages;

/// <summary>The page that an invitation's link opens, in the tenant's language.</summary>
internal static class InvitationPage
{
    /// <summary>Shows who invites to what, and the form that accepts.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="invitation">The invitation.</param>
    /// <param name="invitedBy">The user name of who invites; null for the operator, or a member who is gone.</param>
    /// <param name="form">What was entered, and what is wrong with it.</param>
    public static PageResult Offer(Tenant tenant, Invitation invitation, string? invitedBy, InvitationForm form)
    {
        var language = MailLanguage.Of(tenant.Language);
        var account = language.Quote(tenant.Name);
        var by = invitedBy ?? language.Say("The operator of the platform", "L'opérateur de la plateforme");
        var body = new StringBuilder()
            .Append(PageLayout.Paragraph(language.Say(
                $"{by} invites you to join the account {account}.",
                $"{by} vous invite à rejoindre le compte {account}.")))
            .Append(PageLayout.Facts(FactsOf(tenant, invitation, language)))
            .Append("<form method=\"post\" action=\"accept\">")
            .Append($"<input type=\"hidden\" name=\"{InvitationForm.Token}\" value=\"")
            .Append(PageLayout.Text(form.Request.Token ?? "")).Append("\">");
        AppendField(body, form, language, InvitationForm.UserName, language.Say("User name", "Nom d'utilisateur"),
            "type=\"text\" autocomplete=\"username\" autocapitalize=\"none\" spellcheck=\"false\" required",
            form.Request.UserName, language.Say(
                "Letters, digits and _; does not start with a digit.",
                "Lettres, chiffres et _ ; ne commence pas par un chiffre."));
        if (invitation.Email is null)
        {
            AppendField(body, form, language, InvitationForm.Email,
                language.Say("Email (optional)", "E-mail (facultatif)"),
                "type=\"email\" autocomplete=\"email\"", form.Request.Email, language.Say(
                    "Where mail about limits goes to.", "Où sont envoyés les messages sur les limites."));
        }

        AppendField(body, form, language, InvitationForm.Password, language.Say("Password", "Mot de passe"),
            "type=\"password\" autocomplete=\"new-password\" required", null, language.Say(
                $"At least {Passwords.MinLength} characters.", $"Au moins {Passwords.MinLength} caractères."));
        body.Append("<button type=\"submit\">")
            .Append(PageLayout.Text(language.Say("Join the account", "Rejoindre le compte")))
            .Append("</button></form>");
        return new(
            form.Broken.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            language.Say($"Invitation to {account}", $"Invitation à rejoindre {account}"),
            body.ToString(),
            language);
    }

    /// <summary>Says that the invitation is accepted, and how to sign in.</summary>
    public static PageResult Welcome(Tenant tenant, Member member, string address)
    {
        var language = MailLanguage.Of(tenant.Language);
        var account = language.Quote(tenant.Name);
        var example = $"curl {address}/api/v1/session -H 'Content-Type: application/json' \\\n  -d '"
            + $"{{\"tenant\": \"{Ids.Tenant(tenant.Id)}\", \"userName\": \"{member.UserName}\", \"password\": \"…\"}}'";
        var console = $"/console/sign-in?tenant={Ids.Tenant(tenant.Id)}";
        var body = PageLayout.Paragraph(language.Say(
                $"You are a member of the account {account} now.",
                $"Vous êtes maintenant membre du compte {account}."))
            + $"<p><a href=\"{console}\">{PageLayout.Text(language.Say("Sign in", "Se connecter"))}</a></p>"
            + PageLayout.Paragraph(language.Say("Programs sign in with:", "Les programmes se connectent avec :"))
            + PageLayout.Facts(
                (language.Say("Address", "Adresse"), address),
                (language.Say("Tenant id", "Identifiant du locataire"), Ids.Tenant(tenant.Id)),
                (language.Say("User name", "Nom d'utilisateur"), member.UserName),
                (language.Say("Password", "Mot de passe"), language.Say(
                    "the one that you have just chosen", "celui que vous venez de choisir")))
            + PageLayout.Paragraph(language.Say("For example:", "Par exemple :"))
            + $"<pre>{PageLayout.Text(example)}</pre>";
        return new(StatusCodes.Status200OK, language.Say("Welcome", "Bienvenue"), body, language);
    }

    /// <summary>Says that a link leads nowhere; not why, so that guesses learn nothing.</summary>
    public static PageResult Gone(MailLanguage language) => new(
        StatusCodes.Status404NotFound,
        language.Say("This invitation is not valid", "Cette invitation n'est pas valable"),
        PageLayout.Paragraph(language.Say(
            "It was used, has expired or was revoked, or the link is not complete. Ask for a new one where you got it.",
            "Elle a été utilisée, a expiré ou a été révoquée, ou le lien est incomplet. Demandez-en une nouvelle à la "
                + "personne qui vous a invité.")),
        language);

    /// <summary>Says that a form can't be accepted as it was sent.</summary>
    public static PageResult Refused(int status, MailLanguage language) => new(
        status,
        language.Say("This form can't be accepted", "Ce formulaire ne peut pas être accepté"),
        PageLayout.Paragraph(language.Say(
            "Open the link of the invitation again, and send the form from there.",
            "Ouvrez de nouveau le lien de l'invitation et envoyez le formulaire depuis cette page.")),
        language);

    /// <summary>Says that the page can't be shown now, or that the form can't be taken.</summary>
    public static PageResult Failed(int status, MailLanguage language)
    {
        var isPassing = status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable
            or StatusCodes.Status409Conflict;
        if (!isPassing && status < StatusCodes.Status500InternalServerError)
            return Refused(status, language);
        return new(
            status,
            isPassing
                ? language.Say("Please try again in a moment", "Réessayez dans un instant")
                : language.Say("Something went wrong here", "Une erreur s'est produite"),
            PageLayout.Paragraph(language.Say(
                "The invitation is still valid: load this page again, and send the form once more.",
                "L'invitation reste valable : rechargez cette page, puis renvoyez le formulaire.")),
            language);
    }

    private static IEnumerable<(string Name, string Value)> FactsOf(
        Tenant tenant, Invitation invitation, MailLanguage language)
    {
        yield return (language.Say("Account", "Compte"), tenant.Name);
        yield return (
            language.Say("Role", "Rôle"), InvitationText.RoleOf(Words.Of(invitation.Role), language));
        if (invitation.Email is { } email)
            yield return (language.Say("For", "Pour"), email);
        yield return (
            language.Say("Valid until", "Valable jusqu'au"), language.Time(invitation.ExpiresAt, tenant.TimeZone));
    }

    private static void AppendField(
        StringBuilder body,
        InvitationForm form,
        MailLanguage language,
        string name,
        string label,
        string attributes,
        string? value,
        string hint)
    {
        var broken = form.Broken.Where(rule => rule.Field == name).ToList();
        var note = $"{name}-note";
        body.Append($"<label for=\"{name}\">").Append(PageLayout.Text(label)).Append("</label>")
            .Append($"<input id=\"{name}\" name=\"{name}\" {attributes} aria-describedby=\"{note}\"");
        if (broken.Count > 0)
            body.Append(" aria-invalid=\"true\"");
        if (value is not null)
            body.Append(" value=\"").Append(PageLayout.Text(value)).Append('"');
        body.Append('>');
        var (style, text) = broken.Count == 0
            ? ("hint", hint)
            : ("broken", string.Join(' ', broken.Select(rule => RuleWords.Of(rule, language))));
        body.Append($"<p class=\"{style}\" id=\"{note}\">").Append(PageLayout.Text(text)).Append("</p>");
    }
}
