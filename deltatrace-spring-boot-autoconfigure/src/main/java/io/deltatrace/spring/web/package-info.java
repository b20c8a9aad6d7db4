/** The database over HTTP, for clients that speak its wire JSON. */
@NullMarked
package io.deltatrace.spring.web;

import org.jspecify.annotations.NullMarked;
