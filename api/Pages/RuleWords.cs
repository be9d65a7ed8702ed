using Sluice.Api.Auth;
using Sluice.Api.Mail.Texts;

namespace Sluice.Api.Pages;

/// <summary>Says the rules of the invitation's form in the language of the page.</summary>
internal static class RuleWords
{
    public static string Of(FieldError broken, MailLanguage language) => language.Say(
        broken.Message,
        broken.Rule switch
        {
            "required" => "Ce champ est obligatoire.",
            "user-name-form" => "Commence par une lettre ou _, puis des lettres, des chiffres et des _, 64 au plus.",
            "user-name-taken" => "Ce nom d'utilisateur est déjà pris.",
            "too-short" => $"Au moins {Passwords.MinLength} caractères.",
            "too-long" => "Trop long.",
            "too-simple" => "Trop peu de caractères différents.",
            "has-user-name" => "Ne doit pas contenir le nom d'utilisateur.",
            "address-form" => "Doit être une adresse e-mail, par exemple ada@example.com.",
            "other-address" => "L'invitation est destinée à une autre adresse.",
            _ => broken.Message,
        });
}
