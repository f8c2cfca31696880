package io.userservice.adapter.http;

/**
 * What a page may do in the browser that shows it (Content Security Policy, level 3).
 *
 * @param allowed the directives by which it may do more than be read
 */
record PageSecurity(String allowed) {

  Reply protect(Reply page) {
    return page.with(
            "Content-Security-Policy",
            "default-src 'none'; %s; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
                .formatted(allowed))
        .with("Cross-Origin-Opener-Policy", "same-origin")
        .with("Referrer-Policy", "no-referrer");
  }
}
